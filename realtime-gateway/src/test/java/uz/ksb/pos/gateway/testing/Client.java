package uz.ksb.pos.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final WebSocketClient client;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final List<String> texts = java.util.Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

    private Client(WebSocketClient client, WebSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.textMessageHandler(this::hear);
        socket.closeHandler(closed -> closeCode.complete(
                socket.closeStatusCode() == null ? -1 : socket.closeStatusCode().intValue()));
        socket.resume();
    }

    public static Client connect(Vertx vertx, int port) {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(1 << 22).setMaxMessageSize(1 << 22));
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/ws")
                .addSubProtocol("pos.v1");
        CompletableFuture<Client> connected = new CompletableFuture<>();
        client.connect(options)
                .onSuccess(socket -> connected.complete(new Client(client, socket)))
                .onFailure(connected::completeExceptionally);
        return connected.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    private void hear(String text) {
        texts.add(text);
        try {
            heard.add(JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String subprotocol() {
        return socket.subProtocol();
    }

    public Client say(String text) {
        socket.writeTextMessage(text);
        return this;
    }

    public Client sayBytes(byte[] bytes) {
        socket.writeBinaryMessage(Buffer.buffer(bytes));
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

    /** Stops, or starts again, to read from the network. */
    public void pause(boolean paused) {
        if (paused) {
            socket.pause();
        } else {
            socket.resume();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
