package uz.ksb.pos.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTest {
    private final Vertx vertx = Vertx.vertx();
    /** The requests to each server, as {@code name op since}. */
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private final BlockingQueue<ServerWebSocket> subscribed = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aTillKeepsWhatItHearsAndWhyItWasClosed() throws Exception {
        try (LiveTill till = new LiveTill(server("a"), "token", "sales")) {
            ServerWebSocket socket = subscribed.take();
            socket.writeTextMessage("{\"op\":\"event\",\"type\":\"sale.opened\",\"data\":{\"id\":\"1\"}}");

            assertThat(till.awaitEvent(
                            "sale.opened", data -> data.path("id").asText().equals("1")))
                    .isNotNull();
            assertThat(till.isClosed()).isFalse();

            var unused = socket.close((short) 4403, "blocked");
            assertThat(till.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void nobodyToConnectToIsAFailure() {
        int nobody = server("a");
        stop();
        assertThatThrownBy(() -> new LiveTill(nobody, "token")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFollowerResumesAtTheNextAddress() throws Exception {
        BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        Follower.Screen screen = new Follower.Screen() {
            @Override
            public void event(JsonNode frame) {
                shown.add(frame.path("data").path("id").asText());
            }

            @Override
            public void load() {
                shown.add("all");
            }
        };
        try (Follower till = new Follower(List.of(server("a"), server("b")), () -> "token", "sales", screen)) {
            ServerWebSocket first = subscribed.take();
            first.writeTextMessage("{\"op\":\"event\",\"position\":\"p1\",\"data\":{\"id\":\"1\"}}");
            assertThat(next(shown)).isEqualTo("all");
            assertThat(next(shown)).isEqualTo("1");

            var unused = first.close();
            ServerWebSocket second = subscribed.take();
            second.writeTextMessage("{\"op\":\"event\",\"position\":\"p2\",\"data\":{\"id\":\"2\"}}");
            assertThat(next(shown)).isEqualTo("2");
            second.writeTextMessage("{\"op\":\"move\",\"within\":0}");
            subscribed.take();

            assertThat(asked)
                    .containsExactly(
                            "a auth null",
                            "a subscribe null",
                            "b auth null",
                            "b subscribe p1",
                            "a auth null",
                            "a subscribe p2");
            assertThat(till.reloads()).isZero();
            assertThat(till.longestBreakMillis()).isPositive();
        }
    }

    private static String next(BlockingQueue<String> shown) throws InterruptedException {
        return shown.poll(20, TimeUnit.SECONDS);
    }

    /** @return the port of a gateway that resumes every position */
    private int server(String name) {
        return vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("pos.v1"))
                .webSocketHandler(socket -> socket.textMessageHandler(text -> {
                    JsonObject message = new JsonObject(text);
                    asked.add(name + " " + message.getString("op") + " " + message.getString("since"));
                    if (message.getString("op").equals("subscribe")) {
                        socket.writeTextMessage("{\"op\":\"subscribed\",\"position\":\"p0\",\"recovered\":%s}"
                                .formatted(message.containsKey("since")));
                        subscribed.add(socket);
                    }
                }))
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
