package uz.ksb.pos.platform.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.UnreachableKeys;

/** The service started, settings-service is away, and a till comes with its token. */
class UnreachableKeysTest {
    private static final String TOKEN = encoded("{\"alg\":\"ES256\",\"kid\":\"one\"}") + "."
            + encoded("{\"iss\":\"ksb-pos\"}") + "." + encoded("-");

    private final JWTAuthContextInfo trust = new JWTAuthContextInfo();
    private final DefaultJWTParser parser = new DefaultJWTParser(trust, new IssuerTokens());

    @BeforeEach
    void nobodyListens() throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            trust.setPublicKeyLocation("http://127.0.0.1:" + closed.getLocalPort() + "/.well-known/jwks.json");
        }
    }

    @Test
    void aTokenIsNeitherTakenNorRefused() {
        assertThatThrownBy(() -> parser.parse(TOKEN))
                .isInstanceOf(ParseException.class)
                .matches(UnreachableKeys::explain)
                .matches(failure -> UnreachableKeys.explain(new AuthenticationFailedException(failure)));
    }

    @Test
    void aSilentIssuerHoldsARequestForSecondsOnly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            trust.setPublicKeyLocation("http://127.0.0.1:" + silent.getLocalPort() + "/.well-known/jwks.json");

            assertTimeoutPreemptively(Duration.ofSeconds(8), () -> assertThatThrownBy(() -> parser.parse(TOKEN))
                    .matches(UnreachableKeys::explain));
        }
    }

    @Test
    void noTillIsCalledUnknown() {
        assertThatThrownBy(() -> new DeviceTokenVerifier(parser, trust).verified(TOKEN))
                .isInstanceOfSatisfying(Problem.class, UnreachableKeysTest::sendAgain);
    }

    @Test
    void noApprovalIsCalledInvalid() {
        ApprovalVerifier.Subject sale =
                new ApprovalVerifier.Subject("10000001", UUID.randomUUID().toString(), UUID.randomUUID());

        assertThatThrownBy(() -> new ApprovalVerifier(parser, trust).verifiedLate(TOKEN, sale))
                .isInstanceOfSatisfying(Problem.class, UnreachableKeysTest::sendAgain);
    }

    private static void sendAgain(Problem problem) {
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.retryAfter()).isPositive();
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
