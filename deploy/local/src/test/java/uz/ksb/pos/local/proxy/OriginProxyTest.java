package uz.ksb.pos.local.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginProxyTest {

    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    private final CompletableFuture<Void> waiting = new CompletableFuture<>();
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer gateway;
    private OriginProxy proxy;
    private int origin;

    @BeforeEach
    void start() throws Exception {
        gateway = get(vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .webSocketHandler(socket -> socket.textMessageHandler(text -> socket.writeTextMessage(
                        text + " for " + socket.headers().get("X-Forwarded-For"))))
                .requestHandler(this::answer)
                .listen());
        origin = freePort();
        proxy = new OriginProxy(
                Routes.load(),
                Map.of("realtime-gateway", List.of(gateway.actualPort()), "sales-service", List.of(freePort())),
                ONE_MINUTE);
        get(proxy.listen(origin));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        get(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/silent" -> {}
            case "/socket.io/waiting" -> {
                request.response().closeHandler(gone -> aborted.complete(null));
                waiting.complete(null);
            }
            case "/broken" -> request.connection().close().onFailure(Throwable::printStackTrace);
            default ->
                request.response()
                        .end(request.getHeader("X-Forwarded-For") + " " + request.getHeader("X-Forwarded-Proto"))
                        .onFailure(Throwable::printStackTrace);
        }
    }

    @Test
    void theClientsAddressIsTheConnectionsAndNotWhatItClaims() throws Exception {
        HttpRequest request =
                request("/assets/a.js").header("X-Forwarded-For", "8.8.8.8").build();
        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("127.0.0.1 http");
    }

    @Test
    void aServiceThatIsAwayIsAProblemWithRetryAfter() throws Exception {
        assertAway(send("/api/sales/batch"), "sales-service");
    }

    @Test
    void aServiceThatIsNoPartOfTheStackIsAway() throws Exception {
        assertAway(send("/api/products"), "product-service");
    }

    @Test
    void aServiceThatDiesWhileAnsweringIsAway() throws Exception {
        assertAway(send("/broken"), "realtime-gateway");
    }

    @Test
    void aServiceThatNeverAnswersIsAwayAfterAWhile() throws Exception {
        try (OriginProxy impatient =
                new OriginProxy(Routes.load(), Map.of("realtime-gateway", List.of(gateway.actualPort())), SILENCE)) {
            origin = freePort();
            get(impatient.listen(origin));

            assertAway(send("/silent"), "realtime-gateway");
        }
    }

    @Test
    void healthAndMetricsAreNotThere() throws Exception {
        assertThat(send("/q/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void aBodyIsAskedForBeforeTheServiceAnswers() throws Exception {
        try (Socket client = new Socket("127.0.0.1", origin)) {
            client.setSoTimeout(5_000);
            InputStream in = client.getInputStream();
            send(client, "POST /assets/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(new String(in.readNBytes(21), US_ASCII)).isEqualTo("HTTP/1.1 100 Continue");
            send(client, "abc");
            assertThat(new String(in.readNBytes(4 + 15), US_ASCII)).contains("HTTP/1.1 200 OK");
        }
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(US_ASCII));
    }

    @Test
    void webSocketsPass() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = connect("/ws", answer).get(5, TimeUnit.SECONDS);
        socket.sendText("salom", true).get(5, TimeUnit.SECONDS);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("salom for 127.0.0.1");
        socket.abort();
    }

    @Test
    void socketIoPassesAsRequestsAndAsAWebSocket() throws Exception {
        assertThat(send("/socket.io/?EIO=4&transport=polling").body()).isEqualTo("127.0.0.1 http");
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket =
                connect("/socket.io/?EIO=4&transport=websocket", answer).get(5, TimeUnit.SECONDS);
        socket.sendText("2probe", true).get(5, TimeUnit.SECONDS);
        assertThat(answer.get(5, TimeUnit.SECONDS)).startsWith("2probe");
        socket.abort();
    }

    /** A poll of Socket.IO waits for long; its session ends with it. */
    @Test
    void aRequestThatIsAbortedIsAbortedAtTheServiceToo() throws Exception {
        Socket client = new Socket("127.0.0.1", origin);
        send(client, "GET /socket.io/waiting HTTP/1.1\r\nHost: localhost\r\n\r\n");
        waiting.get(5, TimeUnit.SECONDS);

        client.close();

        aborted.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aWebSocketWhoseServiceIsAwayIsRefusedWith503() throws Exception {
        get(gateway.close());
        try {
            connect("/ws", new CompletableFuture<>()).get(5, TimeUnit.SECONDS).abort();
            assertThat(true).as("connected").isFalse();
        } catch (ExecutionException refused) {
            assertThat(refused.getCause()).isInstanceOfSatisfying(WebSocketHandshakeException.class, failure -> {
                assertThat(failure.getResponse().statusCode()).isEqualTo(503);
                assertThat(failure.getResponse().headers().firstValue("Retry-After"))
                        .isPresent();
            });
        }
    }

    private static void assertAway(HttpResponse<String> response, String service) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(new JsonObject(response.body()).getString("detail")).contains(service);
    }

    private HttpResponse<String> send(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin + path))
                .timeout(Duration.ofSeconds(10));
    }

    private CompletableFuture<WebSocket> connect(String path, CompletableFuture<String> answer) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + origin + path), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        answer.complete(text.toString());
                        return null;
                    }
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
