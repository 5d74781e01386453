package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.socketio.fixture.RawHttp;
import uz.ksb.pos.gateway.socketio.fixture.RawSession;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;

/** The requests of a till that polls, through all that the gateway does with requests. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class TillRequestsTest extends LiveTest {
    private static final String PATH = "/socket.io/";
    private static final String POLLING = PATH + "?EIO=4&transport=polling";

    private int port() {
        return address.getPort();
    }

    @Test
    void aBrowserOfAnyOriginMayPoll() {
        RawHttp.Answer answer = RawHttp.send(
                        port(),
                        "GET",
                        POLLING,
                        "",
                        "Origin: https://till.example",
                        "Accept-Encoding: gzip, deflate, br")
                .answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("0{").contains("\"pingInterval\":25000", "\"maxPayload\":16384");
        assertThat(answer.head().toLowerCase(Locale.ROOT))
                .containsOnlyOnce("access-control-allow-origin: *")
                .doesNotContain("access-control-allow-credentials", "content-encoding: gzip", "set-cookie");
    }

    @Test
    void anotherSitesScriptMayAskBeforeItPosts() {
        RawHttp.Answer answer = RawHttp.send(
                        port(),
                        "OPTIONS",
                        POLLING,
                        "",
                        "Origin: https://till.example",
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: content-type")
                .answer();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.head().toLowerCase(Locale.ROOT)).contains("access-control-allow-origin: *");
    }

    @Test
    void theSlashAtTheEndMayBeMissing() {
        assertThat(RawHttp.send(port(), "GET", "/socket.io?EIO=4&transport=polling", "")
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPostOfUnknownLengthIsRead() {
        RawSession session = RawSession.open(port(), PATH);

        RawHttp.Answer answer = RawHttp.postInChunks(
                        port(), POLLING + "&sid=" + session.sid(), "40{\"token\":\"" + tills.token() + "\"}")
                .answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(session.poll().body()).startsWith("40{\"sid\":").contains("\"pid\":");
    }

    @Test
    void aPostThatIsTooLargeEndsTheSession() {
        RawSession session = RawSession.open(port(), PATH);

        assertThat(session.post("4" + "x".repeat(17_000)).status()).isEqualTo(413);

        assertThat(session.poll().status()).isEqualTo(400);
    }

    @Test
    void aQueryThatCannotBeReadIsRefused() {
        assertThat(RawHttp.send(port(), "GET", POLLING + "&sid=%zz", "")
                        .answer()
                        .status())
                .isEqualTo(400);
    }
}
