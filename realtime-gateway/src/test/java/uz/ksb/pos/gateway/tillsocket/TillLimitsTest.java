package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.until;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.socketio.fixture.RawHttp;
import uz.ksb.pos.gateway.socketio.fixture.RawWebSocket;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;

/** Limits of Socket.IO's sessions: of one address without a token, of one device, of messages. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
@TestProfile(TillLimitsTest.Narrow.class)
class TillLimitsTest extends LiveTest {
    private static final String PATH = "/socket.io/";
    private static final int LIMIT_MILLIS = 10_000;
    private static int addresses;

    @Inject
    TillSockets sockets;

    private final List<RawWebSocket> open = new ArrayList<>();

    /** A tenth of what may come at once. */
    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pos.live.connection.auth-within",
                    "4s",
                    "pos.live.connection.per-device",
                    "3",
                    "pos.live.connection.messages-per-second",
                    "5",
                    "pos.live.socketio.waiting-per-address",
                    "4");
        }
    }

    @AfterEach
    void closeAll() {
        open.forEach(RawWebSocket::close);
        until(() -> sockets.size() == 0);
    }

    private RawHttp.Answer handshake(String client) {
        return RawHttp.send(
                        address.getPort(), "GET", PATH + "?EIO=4&transport=polling", "", "X-Forwarded-For: " + client)
                .answer();
    }

    private RawWebSocket connected() {
        RawWebSocket socket = RawWebSocket.open(address.getPort(), PATH);
        open.add(socket.say("40{\"token\":\"" + tills.token() + "\"}"));
        assertThat(socket.text()).startsWith("0{");
        return socket;
    }

    @Test
    void anAddressHasOnlySoManySessionsWithoutAToken() {
        String client = "10.1.0." + ++addresses;
        for (int session = 0; session < 4; session++) {
            assertThat(handshake(client).status()).isEqualTo(200);
        }

        RawHttp.Answer refused = handshake(client);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.head()).containsIgnoringCase("retry-after: 1");
        assertThat(handshake("10.1.0." + ++addresses).status()).isEqualTo(200);
        // They are gone in time, and the address may come again.
        until(() -> handshake(client).status() == 200);
    }

    @Test
    void aSessionWithoutATokenEndsInTime() {
        try (RawWebSocket silent = RawWebSocket.open(address.getPort(), PATH)) {
            assertThat(silent.text()).startsWith("0{");
            assertThat(silent.isClosedWithin(LIMIT_MILLIS)).isTrue();
        }
        try (RawWebSocket wrong = RawWebSocket.open(address.getPort(), PATH).say("40{\"token\":\"x\"}")) {
            assertThat(wrong.text()).startsWith("0{");
            assertThat(wrong.text()).isEqualTo("44{\"message\":\"invalid token\"}");
            assertThat(wrong.isClosedWithin(LIMIT_MILLIS)).isTrue();
        }
    }

    @Test
    void aDeviceHasOnlySoManyConnections() {
        for (int session = 0; session < 3; session++) {
            assertThat(connected().text()).startsWith("40{");
        }

        assertThat(connected().isClosedWithin(LIMIT_MILLIS)).isTrue();

        open.removeFirst().close();
        until(() -> sockets.size() == 2);
        assertThat(connected().text()).startsWith("40{");
    }

    @Test
    void tooManyMessagesEndASession() {
        RawWebSocket socket = connected();
        assertThat(socket.text()).startsWith("40{");
        for (int message = 0; message < 60; message++) {
            socket.say("42[\"x\"]");
        }
        assertThat(socket.isClosedWithin(LIMIT_MILLIS)).isTrue();
    }
}
