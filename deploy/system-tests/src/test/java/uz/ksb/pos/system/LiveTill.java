package uz.ksb.pos.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import uz.ksb.pos.platform.testing.Eventually;

/** A plain WebSocket client of {@code /ws} that keeps all it is told. */
final class LiveTill implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final WebSocket socket;

    LiveTill(int portBase, String token, String... channels) {
        this(portBase, token);
        say("{\"op\":\"subscribe\",\"channels\":[\"" + String.join("\",\"", channels) + "\"]}");
        await("subscribed", frame -> frame.path("op").asText().equals("subscribed"));
    }

    /** One that has shown its token, and does not wait for what is said to it. */
    LiveTill(int portBase, String token) {
        socket = http.newWebSocketBuilder()
                .subprotocols("pos.v1")
                .buildAsync(URI.create("ws://localhost:" + portBase + "/ws"), new Listener())
                .join();
        say("{\"op\":\"auth\",\"token\":\"" + token + "\"}");
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    /** The code that the server closes the connection with, if it does within 20 s. */
    int closeCode() {
        return closeCode.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closeCode.isDone();
    }

    /** The first frame of that kind, now or within 20 s. */
    JsonNode await(String what, Predicate<JsonNode> frame) {
        Eventually.within(Duration.ofSeconds(20), () -> {
            if (heard.stream().noneMatch(frame)) {
                throw new AssertionError("no " + what + " among " + heard.size() + " frames");
            }
        });
        return heard.stream().filter(frame).findFirst().orElseThrow();
    }

    JsonNode awaitEvent(String type, Predicate<JsonNode> data) {
        return await(
                type,
                frame -> frame.path("op").asText().equals("event")
                        && frame.path("type").asText().equals(type)
                        && data.test(frame.path("data")));
    }

    List<JsonNode> heard() {
        return heard;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable broken) {
            closeCode.complete(-1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    heard.add(JSON.readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
