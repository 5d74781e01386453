package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.within;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.RawClient;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** Clients that break the rules are closed with the code that is documented, and leave nothing behind. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
@TestProfile(HostileClientsTest.Impatient.class)
class HostileClientsTest {
    private static int shops = 70_000_000;

    /** A gateway that does not wait long. */
    public static class Impatient implements QuarkusTestProfile {
        private static final boolean ALL = Boolean.getBoolean("pos.test.all");

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pos.live.connection.heartbeat", "2s",
                    "pos.live.connection.patience", ALL ? "60s" : "20s",
                    "pos.live.ring.max-bytes", "1M");
        }
    }

    @TestHTTPResource("/")
    URI address;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry metrics;

    private final String shop = Integer.toString(shops++);
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord told) {
            if (told.getLevel().intValue() >= Level.WARNING.intValue()
                    && !String.valueOf(told.getLoggerName()).startsWith("org.apache.kafka.")) {
                complaints.add(told.getLoggerName() + ": " + told.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void open() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void nothingIsLeft() {
        within(Duration.ofSeconds(90), () -> assertThat(
                        metrics.get("pos.live.connections").gauge().value())
                .isZero());
        Logger.getLogger("").removeHandler(listener);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aFrameOfOneGigabyteIsRefusedByItsHeader() throws IOException {
        try (RawClient client = client(0)) {
            client.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4, 'x'});
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void framesThatBreakTheStandardEndWithItsCode() throws IOException {
        try (RawClient unmasked = client(0);
                RawClient reserved = client(0);
                RawClient unknown = client(0)) {
            unmasked.write(new byte[] {(byte) 0x81, 2, '{', '}'});
            assertThat(unmasked.closeCode()).isEqualTo(1002);
            reserved.write(new byte[] {(byte) 0xf1, (byte) 0x80, 1, 2, 3, 4});
            assertThat(reserved.closeCode()).isEqualTo(1002);
            unknown.write(new byte[] {(byte) 0x8f, (byte) 0x80, 1, 2, 3, 4});
            assertThat(unknown.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aMessageInPiecesIsHeardAndOneWithoutEndIsNot() throws IOException {
        try (RawClient client = client(0)) {
            byte[] auth = ("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").getBytes(StandardCharsets.UTF_8);
            client.frame(RawClient.TEXT, java.util.Arrays.copyOf(auth, 10));
            client.frame(RawClient.CONTINUATION, java.util.Arrays.copyOfRange(auth, 10, 20));
            client.frame(0x80 | RawClient.PING, new byte[3]);
            client.frame(0x80, java.util.Arrays.copyOfRange(auth, 20, auth.length));
            client.awaitText("welcome");
        }
        try (RawClient endless = client(0);
                RawClient crumbs = client(0)) {
            endless.frame(RawClient.TEXT, new byte[] {'['});
            writeUntilClosed(endless, () -> endless.frame(RawClient.CONTINUATION, new byte[100]));
            assertThat(endless.closeCode()).isEqualTo(4413);
            crumbs.frame(RawClient.TEXT, new byte[0]);
            writeUntilClosed(crumbs, () -> crumbs.frame(RawClient.CONTINUATION, new byte[0]));
            assertThat(crumbs.closeCode()).isEqualTo(4429);
        }
    }

    @Test
    void aFloodOfPingsIsEnded() throws IOException {
        try (RawClient client = client(0)) {
            client.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").awaitText("welcome");
            writeUntilClosed(client, () -> client.frame(0x80 | RawClient.PING, new byte[100]));
            assertThat(client.closeCode()).isEqualTo(4429);
        }
    }

    @Test
    void whoNeitherReadsNorStopsAskingCostsNoMore() throws IOException {
        String sale = "{\"revision\":1,\"comment\":\"" + "x".repeat(200_000) + "\"}";
        try (Owners owners = new Owners(vertx);
                RawClient client = client(4_096)) {
            UUID id = UUID.randomUUID();
            owners.answer("/api/sales/" + id, 200, sale);
            client.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").awaitText("welcome");
            int asked = 0;
            for (; asked < 90; asked++) {
                client.text("{\"op\":\"subscribe\",\"channels\":[\"sale:" + id + "\"]}");
                client.text("{\"op\":\"unsubscribe\",\"channels\":[\"sale:" + id + "\"]}");
            }
            // It is not read any more: what was asked after the buffers were full never reaches an owner.
            within(Duration.ofSeconds(90), () -> assertThat(
                            metrics.get("pos.live.connections").gauge().value())
                    .isZero());
            assertThat(owners.tokens()).hasSizeLessThan(80);
            // Nor is the socket kept that it takes no close frame from.
            within(Duration.ofSeconds(30), () -> assertThatThrownBy(() -> client.text("{}"))
                    .isInstanceOf(IOException.class));
        }
    }

    @Test
    void whoVanishesWithoutAWordIsNoticed() throws IOException {
        try (RawClient silent = client(0)) {
            silent.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").awaitText("welcome");
            assertThat(silent.answersNoPings().closeCode()).isEqualTo(4410);
        }
        try (RawClient nameless = client(0)) {
            assertThat(nameless.closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void connectionsThatBreakAreNobodysError() throws IOException {
        for (String begun : List.of("", "GET /ws HTTP/1.1\r\nHost: x\r\nUpgr", "nonsense\r\n\r\n")) {
            try (Socket early = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
                early.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                early.setSoLinger(true, 0);
            }
        }
        RawClient nameless = client(0);
        RawClient admitted = client(0);
        RawClient within = client(0);
        admitted.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").awaitText("welcome");
        admitted.text("{\"op\":\"subscribe\",\"channels\":[\"totals\",\"sales\"]}");
        within.write(new byte[] {(byte) 0x81, (byte) 0xfe, 1});
        nameless.reset();
        admitted.reset();
        within.reset();
        // Each test ends with a look at the connections that are left and at the log.
        try (RawClient another = client(0)) {
            another.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").awaitText("welcome");
        }
    }

    @Test
    void tenThousandSubscriptionsAreRefused() throws IOException {
        try (RawClient client = client(0)) {
            client.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}").awaitText("welcome");
            StringBuilder names = new StringBuilder();
            for (int sale = 0; sale < 200; sale++) {
                names.append(sale == 0 ? "" : ",")
                        .append("\"sale:")
                        .append(new UUID(sale, sale))
                        .append('"');
            }
            client.text("{\"op\":\"subscribe\",\"channels\":[" + names + "]}");
            client.awaitText("too-many-channels");
            writeUntilClosed(client, () -> client.text("{\"op\":\"subscribe\",\"channels\":[" + names + "]}"));
            assertThat(client.closeCode()).isEqualTo(4429);
        }
    }

    private interface Step {
        Object run() throws IOException;
    }

    /** The server may have gone before all was written. */
    private static void writeUntilClosed(RawClient client, Step step) {
        try {
            for (int turn = 0; turn < 2_000; turn++) {
                step.run();
            }
        } catch (IOException closed) {
            assertThat(client).isNotNull();
        }
    }

    private RawClient client(int receiveBuffer) {
        return new RawClient(address.getPort(), receiveBuffer);
    }

    private String token() {
        return Tokens.of(shop, Role.CASHIER).sign();
    }
}
