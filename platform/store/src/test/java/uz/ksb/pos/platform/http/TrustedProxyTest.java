package uz.ksb.pos.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import uz.ksb.pos.platform.PlatformProfile;

/** The common configuration trusts 127.0.0.1 alone. */
@QuarkusTest
@TestProfile(PlatformProfile.class)
class TrustedProxyTest {
    private static final String CLAIMED = "203.0.113.7";

    @Test
    void theAddressThatTheTrustedProxyTellsCounts() throws IOException {
        assertThat(addressSeen("127.0.0.1", CLAIMED)).endsWith(CLAIMED);
    }

    /** Most proxies append to what the client sends. */
    @Test
    void whatAClientWritesBeforeTheProxysEntryIsIgnored() throws IOException {
        assertThat(addressSeen("127.0.0.1", "198.51.100.9, " + CLAIMED)).endsWith("\n" + CLAIMED);
    }

    /** Linux alone answers on all of 127.0.0.0/8. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theAddressThatAnyOtherPeerTellsIsIgnored() throws IOException {
        assertThat(addressSeen("127.0.0.2", CLAIMED)).endsWith("127.0.0.2");
    }

    private static String addressSeen(String peer, String forwardedFor) throws IOException {
        try (Socket proxy = new Socket()) {
            proxy.bind(new InetSocketAddress(InetAddress.getByName(peer), 0));
            proxy.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), RestAssured.port));
            proxy.setSoTimeout(20_000);
            proxy.getOutputStream()
                    .write(("GET /edge/address HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: "
                                    + forwardedFor + "\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(proxy.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
