package uz.ksb.pos.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A till's connection, as tests see it: what it hears, in order. */
public final class Client implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 15;

    private final WebSocketClientConnection connection;
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final List<String> texts = java.util.Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

    private Client(int port) {
        connection = BasicWebSocketConnector.create()
                .baseUri("http://127.0.0.1:" + port)
                .path("/ws")
                .addSubprotocol("pos.v1")
                .executionModel(BasicWebSocketConnector.ExecutionModel.NON_BLOCKING)
                .onTextMessage((from, text) -> hear(text))
                .onClose((from, reason) -> closeCode.complete(reason.getCode()))
                .connect()
                .await()
                .atMost(Duration.ofSeconds(LIMIT_SECONDS));
    }

    public static Client connect(int port) {
        return new Client(port);
    }

    private void hear(String text) {
        texts.add(text);
        try {
            heard.add(JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that was closed is not heard. */
    public Client say(String text) {
        var unused = connection.sendText(text).subscribe().with(sent -> {}, closed -> {});
        return this;
    }

    public Client sayBytes(byte[] bytes) {
        var unused = connection.sendBinary(Buffer.buffer(bytes)).subscribe().with(sent -> {}, closed -> {});
        return this;
    }

    public Client auth(String token) {
        return say("{\"op\":\"auth\",\"token\":\"" + token + "\"}");
    }

    public Client subscribe(String... channels) {
        return say("{\"op\":\"subscribe\",\"channels\":" + names(channels) + "}");
    }

    public Client resume(String since, String... channels) {
        return say("{\"op\":\"subscribe\",\"channels\":" + names(channels) + ",\"since\":\"" + since + "\"}");
    }

    private static String names(String... channels) {
        return java.util.Arrays.stream(channels)
                .map(channel -> '"' + channel + '"')
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }

    /** The next message, which must be an {@code op}. */
    public JsonNode next(String op) {
        JsonNode message = next();
        if (!message.path("op").asText().equals(op)) {
            throw new AssertionError("expected " + op + " but heard " + message);
        }
        return message;
    }

    public JsonNode next() {
        try {
            JsonNode message = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing heard; closed: " + closeCode.getNow(null));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that was heard from the beginning. */
    public List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    public int closeCode() {
        return closeCode.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    public boolean isClosed() {
        return closeCode.isDone();
    }

    @Override
    public void close() {
        var unused = connection.close().subscribe().with(closed -> {}, gone -> {});
    }
}
