package uz.ksb.pos.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of one service behind the origin. */
class UpstreamsTest {
    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean secondIsReady = new AtomicBoolean(true);
    private HttpServer second;
    private OriginProxy proxy;
    private String origin;

    @BeforeEach
    void start() throws Exception {
        HttpServer first = process("first", new AtomicBoolean(true), 0);
        second = process("second", secondIsReady, 0);
        HttpServer free =
                get(vertx.createHttpServer().requestHandler(request -> {}).listen(0, "127.0.0.1"));
        int port = free.actualPort();
        get(free.close());
        proxy = new OriginProxy(
                Routes.load(),
                Map.of("realtime-gateway", List.of(first.actualPort(), second.actualPort())),
                Duration.ofSeconds(5));
        get(proxy.listen(port));
        origin = "http://127.0.0.1:" + port;
        await(() -> answers(6).size() == 2);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        get(vertx.close());
    }

    @Test
    void processesThatAreReadyTakeTurns() {
        assertThat(answers(4)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void oneThatIsNotReadyIsLeftOutUntilItIs() {
        secondIsReady.set(false);
        await(() -> answers(6).equals(Set.of("first")));
        assertThat(answers(20)).containsExactly("first");

        secondIsReady.set(true);
        await(() -> answers(6).size() == 2);
    }

    @Test
    void oneThatIsKilledCostsNoRequestBeforeItIsMissed() {
        // A request may be on its way over a connection whose end the origin has not heard of yet.
        inOneOf(5, this::killTheSecond);
    }

    private void killTheSecond() throws Exception {
        await(() -> answers(6).size() == 2);
        int port = second.actualPort();
        get(second.close());
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(ask("/assets/a.js")).isEqualTo("first");
            }
        } finally {
            second = process("second", secondIsReady, port);
        }
    }

    @Test
    void socketIoOfOneAddressStaysAtOneProcess() {
        Set<String> nodes = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            nodes.add(ask("/socket.io/?EIO=4&transport=polling"));
        }
        assertThat(nodes).hasSize(1);
    }

    private HttpServer process(String name, AtomicBoolean ready, int port) throws Exception {
        return get(vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(request.path().startsWith("/q/") && !ready.get() ? 503 : 200)
                        .end(name)
                        .onFailure(Throwable::printStackTrace))
                .listen(port, "127.0.0.1"));
    }

    private Set<String> answers(int count) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < count; i++) {
            answers.add(ask("/assets/a.js"));
        }
        return answers;
    }

    private String ask(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(origin + path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
