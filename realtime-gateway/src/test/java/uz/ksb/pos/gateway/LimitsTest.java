package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.RawClient;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** Limits on all connections of one device, enterprise or address; others do not notice. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
@TestProfile(LimitsTest.Narrow.class)
class LimitsTest {
    private static final int TOO_MANY_CONNECTIONS = 4409;
    private static final int TOO_MANY_MESSAGES = 4429;
    private static final int LARGE = 9_000;
    private static int shops = 73_000_000;
    private static int addresses;

    /** A tenth of what may come at once. */
    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String prefix = "pos.live.connection.";
            return Map.ofEntries(
                    Map.entry(prefix + "auth-within", "30s"),
                    Map.entry(prefix + "messages-per-second", "1000"),
                    Map.entry(prefix + "bytes-per-second", "1M"),
                    Map.entry(prefix + "per-device", "3"),
                    Map.entry(prefix + "messages-per-device", "3"),
                    Map.entry(prefix + "bytes-per-device", "1K"),
                    Map.entry(prefix + "per-enterprise", "5"),
                    Map.entry(prefix + "messages-per-enterprise", "6"),
                    Map.entry(prefix + "bytes-per-enterprise", "2K"),
                    Map.entry(prefix + "per-address", "7"),
                    Map.entry(prefix + "messages-per-address", "9"),
                    Map.entry(prefix + "bytes-per-address", "4K"));
        }
    }

    @TestHTTPResource("/")
    URI url;

    @Inject
    MeterRegistry metrics;

    private final String shop = shop();
    private final String address = address();
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void awaitReady() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void nothingIsLeft() {
        clients.forEach(RawClient::close);
        eventually(() -> assertThat(connections()).isZero());
    }

    private double connections() {
        return metrics.get("pos.live.connections").gauge().value();
    }

    @Test
    void aDeviceHasThreeConnections() throws IOException {
        for (int connection = 0; connection < 3; connection++) {
            admitted(shop, "a");
        }
        assertThat(asking(shop, "a").closeCode()).isEqualTo(TOO_MANY_CONNECTIONS);
        pings(1, admitted(shop, "b"));
        clients.getFirst().close();
        eventually(() -> admitted(shop, "a"));
    }

    @Test
    void anEnterpriseHasFiveConnections() throws IOException {
        for (int connection = 0; connection < 5; connection++) {
            admitted(shop, "till " + connection);
        }
        assertThat(asking(shop, "another").closeCode()).isEqualTo(TOO_MANY_CONNECTIONS);
        pings(1, admitted(shop(), "a"));
        clients.getFirst().close();
        eventually(() -> admitted(shop, "another"));
    }

    @Test
    void anAddressHasSevenConnectionsWhoeverTheyAre() throws IOException {
        for (int connection = 0; connection < 6; connection++) {
            admitted(shop(), "a");
        }
        RawClient nobody = connect(address);
        eventually(() -> assertThat(connections()).isEqualTo(7));
        assertThat(connect(address).closeCode()).isEqualTo(TOO_MANY_CONNECTIONS);
        connect(address()).text(auth(shop, "a")).awaitText("welcome");
        nobody.close();
        eventually(() -> admitted(shop, "a"));
    }

    @Test
    void aDeviceSaysThirtyThingsAtOnceOnAllItsConnections() throws IOException {
        RawClient one = admitted(shop, "a");
        RawClient two = admitted(shop, "a");
        pings(14, one);
        pings(14, two);
        flood(two);
        assertThat(two.closeCode()).isEqualTo(TOO_MANY_MESSAGES);
        pings(1, admitted(shop, "b"));
    }

    @Test
    void anEnterpriseSaysSixtyThingsAtOnce() throws IOException {
        List<RawClient> tills = List.of(admitted(shop, "a"), admitted(shop, "b"), admitted(shop, "c"));
        RawClient other = admitted(shop(), "a");
        pings(28, tills.get(0));
        pings(28, tills.get(1));
        sayPings(28, tills.get(2));
        assertThat(tills.get(2).closeCode()).isEqualTo(TOO_MANY_MESSAGES);
        pings(1, other);
    }

    @Test
    void anAddressSaysNinetyThingsAtOnce() throws IOException {
        List<RawClient> tills = new ArrayList<>();
        for (int till = 0; till < 4; till++) {
            tills.add(admitted(shop(), "a"));
        }
        RawClient other = connect(address()).text(auth(shop(), "a"));
        other.awaitText("welcome");
        for (RawClient till : tills.subList(0, 3)) {
            pings(28, till);
        }
        sayPings(28, tills.get(3));
        assertThat(tills.get(3).closeCode()).isEqualTo(TOO_MANY_MESSAGES);
        pings(1, other);
    }

    @Test
    void aDeviceSaysTenKilobytesAtOnce() throws IOException {
        large(admitted(shop, "a")).awaitText("invalid-message");
        assertThat(large(admitted(shop, "a")).closeCode()).isEqualTo(TOO_MANY_MESSAGES);
        pings(1, admitted(shop, "b"));
    }

    @Test
    void anEnterpriseSaysTwentyKilobytesAtOnce() throws IOException {
        large(admitted(shop, "a")).awaitText("invalid-message");
        large(admitted(shop, "b")).awaitText("invalid-message");
        assertThat(large(admitted(shop, "c")).closeCode()).isEqualTo(TOO_MANY_MESSAGES);
        large(admitted(shop(), "a")).awaitText("invalid-message");
    }

    @Test
    void anAddressSaysFortyKilobytesAtOnce() throws IOException {
        for (int till = 0; till < 3; till++) {
            large(admitted(shop(), "a")).awaitText("invalid-message");
        }
        RawClient fourth = admitted(shop(), "a");
        RawClient other = connect(address()).text(auth(shop(), "a"));
        other.awaitText("welcome");
        large(fourth);
        assertThat(large(admitted(shop(), "a")).closeCode()).isEqualTo(TOO_MANY_MESSAGES);
        large(other).awaitText("invalid-message");
    }

    private static RawClient large(RawClient client) throws IOException {
        return client.text("x".repeat(LARGE));
    }

    private static void pings(int count, RawClient client) throws IOException {
        sayPings(count, client);
        for (int ping = 0; ping < count; ping++) {
            client.awaitText("pong");
        }
    }

    private static void sayPings(int count, RawClient client) throws IOException {
        for (int ping = 0; ping < count; ping++) {
            client.text("{\"op\":\"ping\"}");
        }
    }

    private static void flood(RawClient client) throws IOException {
        sayPings(1_000, client);
    }

    private RawClient admitted(String ksbId, String device) throws IOException {
        RawClient client = asking(ksbId, device);
        client.awaitText("welcome");
        return client;
    }

    private RawClient asking(String ksbId, String device) throws IOException {
        return connect(address).text(auth(ksbId, device));
    }

    private RawClient connect(String from) {
        RawClient client = new RawClient(url.getPort(), 0, "X-Forwarded-For: " + from);
        clients.add(client);
        return client;
    }

    private static String auth(String ksbId, String device) {
        String token = Tokens.of(ksbId, Role.CASHIER)
                .with(
                        Claims.DEVICE_ID,
                        UUID.nameUUIDFromBytes((ksbId + device).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString())
                .sign();
        return "{\"op\":\"auth\",\"token\":\"" + token + "\"}";
    }

    private static String shop() {
        return Integer.toString(shops++);
    }

    private static String address() {
        return "10.0.0." + ++addresses;
    }
}
