package uz.ksb.pos.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;
import static uz.ksb.pos.platform.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.socketio.fixture.RawHttp;
import uz.ksb.pos.gateway.socketio.fixture.RawSession;
import uz.ksb.pos.gateway.socketio.fixture.RawWebSocket;
import uz.ksb.pos.gateway.socketio.fixture.SocketIoFixture;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** The rules of Engine.IO 4 on raw sockets. */
class EngineConformanceTest {
    private static final String PATH = "/engine.io/";
    private static final int SOON_MILLIS = 2_000;
    private static final int TRIES = 5;
    private static int port;
    private static int strictPort;
    private static SocketIoFixture fixture;
    private static SocketIoFixture strict;

    @BeforeAll
    static void open() {
        strictPort = TestInfrastructure.freePort();
        strict = SocketIoFixture.strict(strictPort, SocketIoFixture.SEVERAL_LOOPS);
        port = TestInfrastructure.freePort();
        fixture = SocketIoFixture.patient(port);
    }

    @AfterAll
    static void close() {
        fixture.close();
        strict.close();
    }

    private static RawSession session() {
        return RawSession.open(port, PATH);
    }

    private static RawWebSocket webSocket() {
        return webSocket(port);
    }

    private static RawWebSocket webSocket(int port) {
        RawWebSocket socket = RawWebSocket.open(port, PATH);
        assertThat(socket.text()).startsWith("0{");
        return socket;
    }

    private static RawHttp.Answer get(String query) {
        return RawHttp.send(port, "GET", PATH + query, "").answer();
    }

    @Test
    void aHandshakeTellsItsKeysOverPolling() {
        RawHttp.Answer answer = RawHttp.send(strictPort, "GET", PATH + "?EIO=4&transport=polling", "")
                .answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().toLowerCase(java.util.Locale.ROOT)).contains("access-control-allow-origin: *");
        assertThat(answer.body())
                .matches("0\\{\"sid\":\"[\\w-]+\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":300,"
                        + "\"pingTimeout\":200,\"maxPayload\":1000000}");
    }

    @Test
    void aHandshakeTellsItsKeysOverWebSocket() {
        try (RawWebSocket socket = RawWebSocket.open(strictPort, PATH)) {
            assertThat(socket.text())
                    .matches("0\\{\"sid\":\"[\\w-]+\",\"upgrades\":\\[],\"pingInterval\":300,"
                            + "\"pingTimeout\":200,\"maxPayload\":1000000}");
        }
    }

    @Test
    void badHandshakesAreRefused() {
        for (String query : List.of(
                "?transport=polling",
                "?EIO=abc&transport=polling",
                "?EIO=3&transport=polling",
                "?EIO=4",
                "?EIO=4&transport=abc",
                "?EIO=4&transport=websocket",
                "?EIO=4&transport=polling&sid=abc")) {
            assertThat(get(query).status()).as(query).isEqualTo(400);
        }
        for (String method : List.of("POST", "PUT")) {
            assertThat(RawHttp.send(port, method, PATH + "?EIO=4&transport=polling", "")
                            .answer()
                            .status())
                    .isEqualTo(400);
        }
        for (String query : List.of(
                "transport=websocket",
                "EIO=abc&transport=websocket",
                "EIO=3&transport=websocket",
                "EIO=4",
                "EIO=4&transport=abc",
                "EIO=4&transport=websocket&sid=abc")) {
            try (RawWebSocket socket = RawWebSocket.connect(port, PATH, query)) {
                assertThat(socket.status()).as(query).isEqualTo(400);
            }
        }
    }

    @Test
    void anOldClientIsToldToUpgrade() {
        assertThat(get("?EIO=3&transport=polling").body())
                .contains("\"code\":5", "Unsupported protocol version", "socket.io-client 3", "2.0 (Java)");
    }

    @Test
    void packetsAreEchoedInOnePayload() {
        for (String body : List.of("4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA==", "4\u20ac")) {
            RawSession session = session();

            RawHttp.Answer posted = session.post(body);
            RawHttp.Answer polled = session.poll();

            assertThat(posted.status()).isEqualTo(200);
            assertThat(posted.body()).isEqualTo("ok");
            assertThat(polled.status()).isEqualTo(200);
            assertThat(polled.body()).isEqualTo(body);
        }
    }

    @Test
    void aWaitingGetGetsAllEchoesOfAPostAtOnce() {
        RawSession session = session();
        RawHttp waiting = session.get();

        assertThat(session.post("4test1\u001e4test2").status()).isEqualTo(200);

        assertThat(waiting.answer().body()).isEqualTo("4test1\u001e4test2");
    }

    @Test
    void aBadPacketEndsAPollingSession() {
        for (String body : List.of("abc", "4a\u001e", "b!!", "9", "0{}", "2", "5")) {
            RawSession session = session();

            int status = session.post(body).status();

            assertThat(status).as(body).isIn(200, 400);
            assertThat(session.poll().status()).as(body).isEqualTo(400);
        }
        RawSession session = session();
        assertThat(session.post("abc").status()).isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLargeEndsTheSession() {
        RawSession session = session();

        assertThat(session.post("4" + "x".repeat(1_000_000)).status()).isEqualTo(413);

        assertThat(session.poll().status()).isEqualTo(400);
    }

    @RepeatedTest(20)
    void aSecondPollEndsTheSession() {
        RawSession session = session();
        List<RawHttp> polls = List.of(session.get(), session.get());

        List<RawHttp.Answer> answers = polls.stream().map(RawHttp::answer).toList();

        // Two connections: the server may read either of them first.
        assertThat(answers).extracting(RawHttp.Answer::status).containsExactlyInAnyOrder(200, 400);
        assertThat(answers).extracting(RawHttp.Answer::body).contains("1");
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @RepeatedTest(20)
    void anAbortedPollEndsTheSession() {
        RawSession session = session();
        RawHttp waiting = session.get();
        for (int turn = 0; turn < 3; turn++) {
            // By now the server has read the GET, on another connection.
            assertThat(session.post("6").status()).isEqualTo(200);
        }

        waiting.close();

        assertThat(session.poll().status()).isEqualTo(400);
    }

    @RepeatedTest(20)
    void aPollAndACloseTogetherAreBothAnswered() {
        RawSession session = session();
        RawHttp first = session.get();
        RawHttp close = session.send("1");

        assertThat(close.answer().status()).isEqualTo(200);
        assertThat(first.answer()).extracting("status", "body").containsExactly(200, "6");
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @RepeatedTest(20)
    void aCloseBeforeItsPollIsAnsweredToo() {
        RawSession session = session();
        RawHttp close = session.send("1");
        RawHttp poll = session.get();

        assertThat(close.answer().status()).isEqualTo(200);
        assertThat(poll.answer()).extracting("status", "body").containsExactly(200, "6");
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @Test
    void aCloseAloneEndsTheSession() {
        RawSession session = session();

        assertThat(session.post("1").status()).isEqualTo(200);

        assertThat(session.poll().status()).isEqualTo(400);
    }

    @Test
    void pingsComeOverPolling() {
        inOneOf(TRIES, EngineConformanceTest::threePingsOverPolling);
    }

    private static void threePingsOverPolling() {
        RawSession session = RawSession.open(strictPort, PATH);
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();

            assertThat(session.poll()).extracting("status", "body").containsExactly(200, "2");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(250), millis(450));
            assertThat(session.post("3").status()).isEqualTo(200);
        }
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void pingsComeOverWebSocket() {
        inOneOf(TRIES, EngineConformanceTest::threePingsOverWebSocket);
    }

    private static void threePingsOverWebSocket() {
        try (RawWebSocket socket = webSocket(strictPort)) {
            for (int round = 0; round < 3; round++) {
                assertThat(socket.text()).isEqualTo("2");
                socket.say("3");
            }
            socket.say("4still");
            assertThat(socket.text()).isEqualTo("4still");
        }
    }

    @RepeatedTest(20)
    void aSilentPollingSessionIsGoneAfter500Millis() throws InterruptedException {
        RawSession session = RawSession.open(strictPort, PATH);
        long end = System.nanoTime() + 500_000_000L;

        awaitTime(end);

        assertThat(session.poll().status()).isEqualTo(400);
    }

    /** To the moment: this is what is being tested. */
    private static void awaitTime(long end) throws InterruptedException {
        until(() -> System.nanoTime() >= end - 60_000_000L);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSilentWebSocketIsClosedAfter500Millis() {
        inOneOf(TRIES, EngineConformanceTest::silence);
    }

    private static void silence() {
        try (RawWebSocket socket = webSocket(strictPort)) {
            long begun = System.nanoTime();

            assertThat(socket.isClosedWithin(SOON_MILLIS)).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(millis(450), millis(650));
        }
    }

    @Test
    void aWebSocketEchoesTextAndBytes() {
        try (RawWebSocket socket = webSocket()) {
            socket.say("4hello");
            assertThat(socket.text()).isEqualTo("4hello");
            socket.say(new byte[] {1, 2, 3, 4});
            assertThat(socket.bytes()).containsExactly(1, 2, 3, 4);
            socket.say("4" + "x".repeat(200_000));
            assertThat(socket.heartily()).hasSize(200_001);
        }
    }

    @Test
    void badFramesCloseAWebSocket() {
        for (String frame : List.of("abc", "", "1", "2", "0", "5", "4" + "x".repeat(1_000_001))) {
            try (RawWebSocket socket = webSocket()) {
                socket.say(frame);

                assertThat(socket.isClosedWithin(SOON_MILLIS))
                        .as(frame.substring(0, Math.min(5, frame.length())))
                        .isTrue();
            }
        }
    }

    @RepeatedTest(20)
    void aSessionUpgradesAndLeavesPollingBehind() {
        inOneOf(TRIES, EngineConformanceTest::upgrade);
    }

    private static void upgrade() {
        RawSession session = session();
        RawHttp waiting = session.get();
        try (RawWebSocket socket = RawWebSocket.probe(port, PATH, session.sid())) {
            socket.say("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
            long probed = System.nanoTime();
            assertThat(waiting.answer()).extracting("status", "body").containsExactly(200, "6");
            assertThat(session.poll()).extracting("status", "body").containsExactly(200, "6");
            assertThat(Duration.ofNanos(System.nanoTime() - probed)).isLessThan(millis(100));

            socket.say("5");
            socket.say("4hello");

            assertThat(socket.heartily()).isEqualTo("4hello");
            assertThat(session.poll().status()).isEqualTo(400);
            assertThat(session.post("4x").status()).isEqualTo(400);
            try (RawWebSocket second = RawWebSocket.probe(port, PATH, session.sid())) {
                assertThat(second.isClosedWithin(SOON_MILLIS)).isTrue();
            }
            socket.say("4again");
            assertThat(socket.heartily()).isEqualTo("4again");
        }
    }

    @Test
    void echoesThatWaitGoOverTheNewTransport() {
        RawSession session = session();
        try (RawWebSocket socket = RawWebSocket.probe(port, PATH, session.sid())) {
            socket.say("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
            assertThat(session.post("4one\u001ebAQI=").status()).isEqualTo(200);

            socket.say("5");

            assertThat(socket.heartily()).isEqualTo("4one");
            assertThat(socket.bytes()).containsExactly(1, 2);
        }
    }

    @Test
    void aProbeThatBreaksOffLeavesPollingAsItWas() {
        RawSession session = session();
        RawWebSocket socket = RawWebSocket.probe(port, PATH, session.sid());
        socket.say("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        socket.close();

        assertThat(session.post("4x").status()).isEqualTo(200);
        assertThat(session.poll().body()).isIn("4x", "2\u001e4x");
        try (RawWebSocket wrong = RawWebSocket.probe(port, PATH, session.sid())) {
            wrong.say("4x");
            assertThat(wrong.isClosedWithin(SOON_MILLIS)).isTrue();
        }
    }

    @Test
    void everyOriginMayAsk() {
        RawHttp.Answer answer = RawHttp.send(
                        port, "OPTIONS", PATH + "?EIO=4&transport=polling", "", "Access-Control-Request-Headers: x-a")
                .answer();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
                .contains("access-control-allow-origin: *", "access-control-allow-headers: x-a");
    }

    @Test
    void nothingIsKeptOfSessionsThatHaveEnded() {
        for (int i = 0; i < 100; i++) {
            RawSession unused = RawSession.open(strictPort, PATH);
        }
        until(() -> strict.sessions() + fixture.sessions() == 0);
    }
}
