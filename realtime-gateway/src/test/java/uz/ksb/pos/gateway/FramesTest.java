package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.RawClient;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** RFC 6455 as it is on the wire: what it allows is understood, what it forbids ends with its own code. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class FramesTest {
    private static final int FINAL = 0x80;
    private static final String SHOP = "71000001";

    @TestHTTPResource("/")
    URI address;

    @BeforeEach
    void awaitReady() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aMessageMayComeInPiecesAnyOfWhichIsEmptyWithPingsBetween() throws IOException {
        byte[] auth = auth();
        try (RawClient client = client()) {
            client.frame(RawClient.TEXT, new byte[0]);
            client.frame(RawClient.CONTINUATION, Arrays.copyOf(auth, 7));
            client.frame(FINAL | RawClient.PING, new byte[125]);
            client.frame(RawClient.CONTINUATION, Arrays.copyOfRange(auth, 7, auth.length));
            client.frame(FINAL, new byte[0]);
            client.awaitText("welcome");
        }
    }

    @Test
    void aMaskHidesWhatIsSaid() throws IOException {
        byte[] auth = auth();
        byte[] mask = {1, (byte) 0xfe, 0x55, 0};
        ByteBuffer frame = ByteBuffer.allocate(auth.length + 8)
                .put((byte) (FINAL | RawClient.TEXT))
                .put((byte) (0x80 | 126))
                .putShort((short) auth.length)
                .put(mask);
        for (int at = 0; at < auth.length; at++) {
            frame.put((byte) (auth[at] ^ mask[at % 4]));
        }
        try (RawClient client = client()) {
            client.write(frame.array());
            client.awaitText("welcome");
        }
    }

    @Test
    void aMessageOf16KilobytesIsHeardAndOneByteMoreIsTooLarge() throws IOException {
        byte[] message = new byte[16 * 1024];
        Arrays.fill(message, (byte) ' ');
        byte[] ping = "{\"op\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ping, 0, message, 0, ping.length);
        try (RawClient whole = admitted();
                RawClient pieces = admitted();
                RawClient twoBytesEach = admitted()) {
            whole.frame(FINAL | RawClient.TEXT, message).awaitText("pong");
            whole.frame(FINAL | RawClient.TEXT, Arrays.copyOf(message, message.length + 1));
            assertThat(whole.closeCode()).isEqualTo(4413);

            pieces.frame(RawClient.TEXT, new byte[10_000]).frame(RawClient.CONTINUATION, new byte[10_000]);
            assertThat(pieces.closeCode()).isEqualTo(4413);

            twoBytesEach.text("ж".repeat(8 * 1024 + 1));
            assertThat(twoBytesEach.closeCode()).isEqualTo(4413);
        }
    }

    @Test
    void aFrameAbove64KilobytesIsRefusedByItsHeader() throws IOException {
        for (long size : List.of(64L * 1024 + 1, 1L << 30, Long.MAX_VALUE)) {
            try (RawClient client = client()) {
                client.write(ByteBuffer.allocate(14)
                        .put((byte) (FINAL | RawClient.TEXT))
                        .put((byte) 0xff)
                        .putLong(size)
                        .array());
                assertThat(client.closeCode()).isEqualTo(1009);
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void textThatIsNotUtf8EndsWith1007() throws IOException {
        byte[] letter = "{\"op\":\"ж\"}".getBytes(StandardCharsets.UTF_8);
        try (RawClient client = admitted()) {
            // Cut within a letter, which is allowed.
            client.frame(RawClient.TEXT, Arrays.copyOf(letter, 8));
            client.frame(FINAL, Arrays.copyOfRange(letter, 8, letter.length));
            client.awaitText("unknown op");
            client.frame(FINAL | RawClient.TEXT, new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'});
            assertThat(client.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void framesThatCannotBeEndWith1002() throws IOException {
        for (byte[] broken : List.of(
                // Not masked.
                new byte[] {(byte) 0x81, 2, '{', '}'},
                // A reserved bit, reserved kinds.
                new byte[] {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0},
                new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0},
                new byte[] {(byte) 0x8b, (byte) 0x80, 0, 0, 0, 0},
                // A length in more bytes than it needs.
                new byte[] {(byte) 0x81, (byte) 0xfe, 0, 1, 0, 0, 0, 0, '{'},
                // The end of what never began.
                new byte[] {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0},
                // A new message within another one.
                new byte[] {1, (byte) 0x80, 0, 0, 0, 0, (byte) 0x81, (byte) 0x80, 0, 0, 0, 0},
                // A ping in pieces, and one of more than 125 bytes.
                new byte[] {9, (byte) 0x80, 0, 0, 0, 0},
                ByteBuffer.allocate(134)
                        .put((byte) 0x89)
                        .put((byte) 0xfe)
                        .putShort((short) 126)
                        .array(),
                // Reasons that nobody may send.
                new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xed},
                new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0, 5})) {
            try (RawClient client = client()) {
                client.write(broken);
                assertThat(client.closeCode()).as(Arrays.toString(broken)).isEqualTo(1002);
                assertThat(client.isAtEnd()).as(Arrays.toString(broken)).isTrue();
            }
        }
    }

    @Test
    void aCloseIsAnsweredThenTheConnectionEnds() throws IOException {
        try (RawClient polite = admitted();
                RawClient brief = admitted()) {
            polite.frame(FINAL | RawClient.CLOSE, new byte[] {3, (byte) 0xe9, 'b', 'y', 'e'});
            assertThat(polite.closeCode()).isEqualTo(1001);
            assertThat(polite.isAtEnd()).isTrue();

            brief.frame(FINAL | RawClient.CLOSE, new byte[0]);
            assertThat(brief.closeCode()).isIn(1000, -1);
            assertThat(brief.isAtEnd()).isTrue();
        }
    }

    @Test
    void nothingIsSaidOrHeardAfterTheCloseFrame() throws IOException {
        try (RawClient client = client()) {
            client.text("{\"op\":\"auth\",\"token\":\"nonsense\"}");
            assertThat(client.closeCode()).isEqualTo(4401);
            for (int ping = 0; ping < 1_000; ping++) {
                client.frame(FINAL | RawClient.PING, new byte[100]);
            }
            client.frame(FINAL | RawClient.CLOSE, new byte[] {0x11, 0x31});
            // No pong stands before the end.
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void theSubprotocolIsChosenWhereItIsOfferedAndNoExtensionIs() {
        try (RawClient among =
                        client("Sec-WebSocket-Protocol: mqtt, pos.v1", "Sec-WebSocket-Extensions: permessage-deflate");
                RawClient none = client("X-Nothing: 1");
                RawClient other = client("Sec-WebSocket-Protocol: mqtt")) {
            assertThat(among.head()).containsIgnoringCase("sec-websocket-protocol: pos.v1");
            assertThat(among.head()).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            for (RawClient client : List.of(among, none, other)) {
                assertThat(client.head()).doesNotContainIgnoringCase("sec-websocket-extensions");
            }
            assertThat(none.head()).doesNotContainIgnoringCase("sec-websocket-protocol");
            assertThat(other.head()).doesNotContainIgnoringCase("sec-websocket-protocol");
        }
    }

    @Test
    void whatIsNoUpgradeIsToldSo() {
        given().get("/ws").then().statusCode(426).header("Upgrade", "websocket");
        given().header("Upgrade", "websocket").get("/ws").then().statusCode(400);
        given().header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Version", "13")
                .get("/ws")
                .then()
                .statusCode(400);
        given().post("/ws").then().statusCode(404);
    }

    private RawClient client(String... headers) {
        return headers.length == 0 ? new RawClient(address.getPort(), 0) : new RawClient(address.getPort(), 0, headers);
    }

    private RawClient admitted() throws IOException {
        RawClient client = client();
        client.frame(FINAL | RawClient.TEXT, auth()).awaitText("welcome");
        return client;
    }

    private static byte[] auth() {
        return ("{\"op\":\"auth\",\"token\":\"" + Tokens.of(SHOP, Role.CASHIER).sign() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
