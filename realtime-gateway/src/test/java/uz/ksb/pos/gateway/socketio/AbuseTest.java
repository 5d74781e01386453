package uz.ksb.pos.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;
import static uz.ksb.pos.platform.testing.Eventually.until;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.socketio.engine.EngineListener;
import uz.ksb.pos.gateway.socketio.engine.EngineOptions;
import uz.ksb.pos.gateway.socketio.engine.EngineServer;
import uz.ksb.pos.gateway.socketio.engine.EngineSession;
import uz.ksb.pos.gateway.socketio.fixture.EngineEcho;
import uz.ksb.pos.gateway.socketio.fixture.RawHttp;
import uz.ksb.pos.gateway.socketio.fixture.RawSession;
import uz.ksb.pos.gateway.socketio.fixture.RawWebSocket;

/** Clients that mean harm, or know no better: they end, nothing is kept of them, the others go on. */
class AbuseTest {
    private static final String PATH = "/engine.io/";
    private static final int ABANDONED = 5_000;
    private static final int RANDOM_SESSIONS = 150;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<WeakReference<EngineSession>> opened = new ConcurrentLinkedQueue<>();
    private EngineServer server;
    private int port;

    @BeforeEach
    void open() {
        EngineOptions options =
                new EngineOptions(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(400), 10_000, 40_000);
        server = new EngineServer(options, this::admit);
        HttpServer http = vertx.createHttpServer()
                .requestHandler(request -> server.handle(request, "127.0.0.1"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        port = http.actualPort();
    }

    private Optional<EngineListener> admit(EngineSession session, String address) {
        opened.add(new WeakReference<>(session));
        return Optional.of(new EngineEcho(session));
    }

    @AfterEach
    void nothingIsKept() {
        until(() -> server.size() == 0);
        until(() -> {
            System.gc();
            return opened.stream().allMatch(session -> session.get() == null);
        });
        Object unused = vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void thousandsOfAbandonedSessionsAreForgotten() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < ABANDONED; i++) {
                clients.execute(() -> {
                    RawSession unused = RawSession.open(port, PATH);
                });
            }
        }
        assertThat(opened).hasSize(ABANDONED);
    }

    @Test
    void aProbeThatNeverFinishesIsClosed() {
        inOneOf(5, this::probeWithoutEnd);
    }

    private void probeWithoutEnd() {
        RawSession session = RawSession.open(port, PATH);
        try (RawWebSocket silent = RawWebSocket.probe(port, PATH, session.sid())) {
            try (RawWebSocket second = RawWebSocket.probe(port, PATH, session.sid())) {
                assertThat(second.isClosedWithin(300)).isTrue();
            }
            assertThat(silent.isClosedWithin(800)).isTrue();
        }
        assertThat(session.post("4x").status()).isEqualTo(200);
        assertThat(session.poll().body()).contains("4x");
    }

    @Test
    void abortedPollsEndTheirSessions() {
        for (int i = 0; i < 200; i++) {
            RawSession.open(port, PATH).get().close();
        }
    }

    @Test
    void aClientThatNeverPollsHoldsOnlySoMuch() {
        RawSession session = RawSession.open(port, PATH);
        String message = "4" + "x".repeat(9_000);
        int taken = 0;
        while (taken < 20 && session.post(message).status() == 200) {
            taken++;
        }
        assertThat(taken).isBetween(3, 6);
    }

    /** Requests of all kinds at once, in any order: each is answered, whatever the answer, and others are served. */
    @Test
    void interleavedRequestsAreAllAnswered() throws Exception {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Runnable> actions = new ArrayList<>();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < RANDOM_SESSIONS; i++) {
            RawSession session = RawSession.open(port, PATH);
            int requests = 1 + random.nextInt(6);
            for (int request = 0; request < requests; request++) {
                int kind = random.nextInt(7);
                actions.add(() -> statuses.addAll(act(session, kind)));
            }
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            actions.forEach(clients::execute);
        }

        assertThat(statuses).as("seed " + seed).isNotEmpty().allMatch(status -> status == 200 || status == 400);
        RawSession session = RawSession.open(port, PATH);
        assertThat(session.post("4fine").status()).isEqualTo(200);
        assertThat(session.poll().body()).isEqualTo("4fine");
    }

    private List<Integer> act(RawSession session, int kind) {
        switch (kind) {
            case 0 -> {
                return List.of(session.poll().status());
            }
            case 1 -> {
                return List.of(session.post("4a\u001eb!!").status());
            }
            case 2 -> {
                return List.of(session.post("1").status());
            }
            case 3 -> {
                session.get().close();
                return List.of();
            }
            case 4 -> {
                try (RawWebSocket socket = RawWebSocket.probe(port, PATH, session.sid())) {
                    socket.say("2probe").say("5").say("4x");
                    boolean unused = socket.isClosedWithin(50);
                }
                return List.of();
            }
            case 5 -> {
                // Half a request.
                RawHttp.send(
                                port,
                                "POST",
                                PATH + "?EIO=4&transport=polling&sid=" + session.sid(),
                                "",
                                "Content-Length: 9")
                        .close();
                return List.of();
            }
            default -> {
                return List.of(session.post("4a\u001e4b\u001e3").status());
            }
        }
    }
}
