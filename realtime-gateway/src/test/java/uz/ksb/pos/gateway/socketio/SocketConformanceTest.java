package uz.ksb.pos.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;
import static uz.ksb.pos.platform.testing.Eventually.until;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.socketio.fixture.RawSession;
import uz.ksb.pos.gateway.socketio.fixture.RawWebSocket;
import uz.ksb.pos.gateway.socketio.fixture.SocketIoFixture;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** The rules of Socket.IO 5 on raw sockets. */
class SocketConformanceTest {
    private static final String PATH = "/socket.io/";
    /** Long before the next ping. */
    private static final int AT_ONCE_MILLIS = 2_000;

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

    private static RawWebSocket engine() {
        return engine(port);
    }

    private static RawWebSocket engine(int port) {
        RawWebSocket socket = RawWebSocket.open(port, PATH);
        assertThat(socket.text()).startsWith("0{");
        return socket;
    }

    private static RawWebSocket connected() {
        return connected(port);
    }

    private static RawWebSocket connected(int port) {
        RawWebSocket socket = engine(port).say("40");
        assertThat(socket.text()).startsWith("40{");
        assertThat(socket.text()).isEqualTo("42[\"auth\",{}]");
        return socket;
    }

    @Test
    void aClientConnectsWithAndWithoutAuth() {
        try (RawWebSocket socket = engine().say("40")) {
            assertThat(socket.text()).matches("40\\{\"sid\":\"[\\w-]+\"}");
            assertThat(socket.text()).isEqualTo("42[\"auth\",{}]");
        }
        try (RawWebSocket socket = engine().say("40{\"token\":\"123\"}")) {
            assertThat(socket.text()).matches("40\\{\"sid\":\"[\\w-]+\"}");
            assertThat(socket.text()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
        }
    }

    @Test
    void aClientConnectsToANamespace() {
        for (String connect : List.of("40/custom,", "40/custom")) {
            try (RawWebSocket socket = engine().say(connect)) {
                assertThat(socket.text()).matches("40/custom,\\{\"sid\":\"[\\w-]+\"}");
                assertThat(socket.text()).isEqualTo("42/custom,[\"auth\",{}]");
            }
        }
        try (RawWebSocket socket = engine().say("40/custom,{\"token\":\"abc\"}")) {
            assertThat(socket.text()).startsWith("40/custom,{");
            assertThat(socket.text()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
        }
    }

    @Test
    void anUnknownNamespaceIsRefused() {
        try (RawWebSocket socket = engine().say("40/random")) {
            assertThat(socket.text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            socket.say("40");
            assertThat(socket.text()).startsWith("40{");
        }
    }

    @Test
    void aConnectionWithoutConnectIsClosed() {
        for (String first : List.of("4abc", "42[\"message\"]", "41", "40[]", "40\"x\"", "401", "4", "44{}")) {
            try (RawWebSocket socket = engine().say(first)) {
                assertThat(socket.isClosedWithin(AT_ONCE_MILLIS)).as(first).isTrue();
            }
        }
        inOneOf(TRIES, SocketConformanceTest::nothingButHeartbeats);
    }

    private static void nothingButHeartbeats() {
        try (RawWebSocket socket = engine(strictPort)) {
            long begun = System.nanoTime();
            assertThat(socket.text()).isEqualTo("2");
            socket.say("3");
            assertThat(socket.text()).isEqualTo("2");
            socket.say("3");
            assertThat(socket.text()).isEqualTo("2");
            socket.say("3");
            assertThat(socket.isClosedWithin(1_000)).isTrue();
            assertThat(System.nanoTime() - begun).isBetween(950_000_000L, 1_300_000_000L);
        }
    }

    @Test
    void aClientLeavesItsNamespaceOnly() {
        inOneOf(TRIES, SocketConformanceTest::leaving);
        try (RawWebSocket socket = connected().say("40/custom")) {
            assertThat(socket.text()).startsWith("40/custom,{");
            assertThat(socket.text()).startsWith("42/custom,");
            socket.say("41/custom").say("42[\"message\",\"still\"]");
            assertThat(socket.heartily()).isEqualTo("42[\"message-back\",\"still\"]");
        }
    }

    private static void leaving() {
        try (RawWebSocket socket = connected(strictPort).say("41")) {
            assertThat(socket.text()).isEqualTo("2");
            socket.say("3").say("40");
            assertThat(socket.text()).startsWith("40{");
        }
    }

    @Test
    void argumentsComeBackAsTheyWere() {
        try (RawWebSocket socket = connected()) {
            for (String arguments : List.of(
                    "1,\"2\",{\"3\":[true]}",
                    "1.50,1e400,-0,123456789012345678901234567890",
                    "{\"b\":1,\"a\":{\"b\":[null,false]}},[],{},\"\\\"\\\\ [x] \\u20ac\"",
                    "\"" + "x".repeat(50_000) + "\",7")) {
                socket.say("42[\"message\"," + arguments + "]");
                assertThat(socket.heartily()).isEqualTo("42[\"message-back\"," + arguments + "]");
            }
            socket.say("42 [ \"message\" , { \"a\" : \" b \" } ]");
            assertThat(socket.heartily()).isEqualTo("42[\"message-back\",{\"a\":\" b \"}]");
        }
    }

    @Test
    void anEventIsAcknowledged() {
        try (RawWebSocket socket = connected()) {
            socket.say("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
            assertThat(socket.text()).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
        }
    }

    @Test
    void attachmentsComeBackInOrder() {
        String two = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}";
        try (RawWebSocket socket = connected()) {
            socket.say("452-[\"message\"," + two + "]")
                    .say(new byte[] {1, 2, 3})
                    .say(new byte[] {4});
            assertThat(socket.text()).isEqualTo("452-[\"message-back\"," + two + "]");
            assertThat(socket.bytes()).containsExactly(1, 2, 3);
            assertThat(socket.bytes()).containsExactly(4);

            socket.say("452-789[\"message-with-ack\"," + two + "]")
                    .say(new byte[] {5})
                    .say(new byte[] {6, 7});
            assertThat(socket.text()).isEqualTo("462-789[" + two + "]");
            assertThat(socket.bytes()).containsExactly(5);
            assertThat(socket.bytes()).containsExactly(6, 7);
        }
    }

    @Test
    void attachmentsComeOverPollingToo() {
        RawSession session = RawSession.open(port, PATH);
        assertThat(session.post("40").status()).isEqualTo(200);
        assertThat(session.poll().body()).startsWith("40{").endsWith("\u001e42[\"auth\",{}]");
        String packet = "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==";

        assertThat(session.post(packet).status()).isEqualTo(200);

        assertThat(session.poll().body()).isEqualTo(packet.replace("message", "message-back"));
        assertThat(session.post("1").status()).isEqualTo(200);
    }

    @Test
    void theServerAwaitsAnAcknowledgement() {
        try (RawWebSocket socket = connected().say("42[\"ask-back\",1]")) {
            assertThat(socket.text()).isEqualTo("420[\"question\",1]");
            socket.say("430[\"yes\",2]").say("430[\"again\"]").say("4399[]");
            assertThat(socket.text()).isEqualTo("42[\"answered\",\"yes\",2]");
            socket.say("42[\"message\"]");
            assertThat(socket.heartily()).isEqualTo("42[\"message-back\"]");
        }
    }

    @Test
    void undecodablePacketsCloseTheTransport() {
        String thousand = IntStream.range(0, 1_000)
                .mapToObj(number -> "{\"_placeholder\":true,\"num\":" + number + "}")
                .collect(Collectors.joining(",", "[\"message\",", "]"));
        for (String packet : List.of(
                "4abc",
                "42{}",
                "42abc[\"message\",1]",
                "42[]",
                "42[1]",
                "42",
                "42[\"message\"",
                "42[\"message\",]",
                "42[\"message\"]x",
                "42[\"message\"][]",
                "42[\"connect\"]",
                "42[\"disconnect\"]",
                "42" + "9".repeat(400) + "[\"message\"]",
                "42/custom,[\"message\"]",
                "42/" + "x".repeat(10_000) + ",[\"message\"]",
                "42" + "[".repeat(5_000),
                "43[]",
                "431{}",
                "44",
                "40",
                "41{}",
                "45[\"message\"]",
                "45-[\"message\"]",
                "451-[\"message\"]",
                "452-[\"message\",{\"_placeholder\":true,\"num\":0}]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":1}]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":-1}]",
                "451-[\"message\",{\"_placeholder\":true}]",
                "451000-" + thousand,
                "45999999999999-[\"message\"]",
                "47")) {
            try (RawWebSocket socket = connected().say(packet)) {
                assertThat(socket.isClosedWithin(AT_ONCE_MILLIS))
                        .as(packet.substring(0, Math.min(60, packet.length())))
                        .isTrue();
            }
        }
    }

    @Test
    void attachmentsOutOfPlaceCloseTheTransport() {
        try (RawWebSocket socket = connected().say(new byte[] {1})) {
            assertThat(socket.isClosedWithin(AT_ONCE_MILLIS)).isTrue();
        }
        try (RawWebSocket socket = connected()
                .say("451-[\"message\",{\"_placeholder\":true,\"num\":0}]")
                .say("42[\"message\"]")) {
            assertThat(socket.isClosedWithin(AT_ONCE_MILLIS)).isTrue();
        }
        try (RawWebSocket socket = connected()
                .say("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                .say(new byte[600_000])
                .say(new byte[600_000])) {
            assertThat(socket.isClosedWithin(AT_ONCE_MILLIS)).isTrue();
        }
    }

    @Test
    void nothingIsKeptOfThoseThatWereClosed() {
        until(() -> strict.sessions() + fixture.sessions() == 0);
    }
}
