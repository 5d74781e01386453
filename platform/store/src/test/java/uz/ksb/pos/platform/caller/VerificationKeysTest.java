package uz.ksb.pos.platform.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.until;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.Tokens;

/** How services come to the keys of settings-service, with the intervals that all of them share. */
class VerificationKeysTest {
    private final Map<String, KeyPair> published = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer issuer;
    private JWTParser parser;

    @BeforeEach
    void anIssuer() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        published.put("old", Tokens.newKeys());
        parser = parser();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @Test
    void aThousandTokensOfUnknownKeysFetchTheKeysTwiceAtMost() throws Exception {
        parser.parse(token("old", published.get("old")));
        for (int i = 0; i < 1000; i++) {
            String forged = token("unknown-" + i, published.get("old"));
            assertThatThrownBy(() -> parser.parse(forged)).isInstanceOf(ParseException.class);
        }

        assertThat(fetches).hasValueLessThanOrEqualTo(2);
        assertThat(parser.parse(token("old", published.get("old"))).getSubject())
                .isEqualTo("somebody");
    }

    @Test
    void aNewKeyIsFetchedWhenItsFirstTokenComes() throws Exception {
        parser.parse(token("old", published.get("old")));
        long fetched = System.nanoTime();
        published.put("new", Tokens.newKeys());
        // jose4j does not fetch again what it fetched less than 300 ms ago.
        until(() -> System.nanoTime() - fetched > Duration.ofMillis(400).toNanos());

        assertThat(parser.parse(token("new", published.get("new"))).getSubject())
                .isEqualTo("somebody");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void anotherKeyUnderAKnownNameIsRefused() throws Exception {
        parser.parse(token("old", published.get("old")));
        String forged = token("old", Tokens.newKeys());

        assertThatThrownBy(() -> parser.parse(forged)).isInstanceOf(ParseException.class);
    }

    @Test
    void whileTheIssuerIsAwayItsKnownKeysGoOnToServe() throws Exception {
        JWTAuthContextInfo impatient = settings();
        impatient.setJwksRefreshInterval(0);
        JWTParser asking = new DefaultJWTParser(impatient);
        asking.parse(token("old", published.get("old")));
        issuer.stop(0);

        assertThat(asking.parse(token("old", published.get("old"))).getSubject())
                .isEqualTo("somebody");
    }

    private JWTParser parser() {
        return new DefaultJWTParser(settings());
    }

    /** As the common configuration says. */
    private JWTAuthContextInfo settings() {
        Config common = new SmallRyeConfigBuilder().addDefaultSources().build();
        JWTAuthContextInfo info = new JWTAuthContextInfo(
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks.json", Claims.ISSUER);
        info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        info.setExpectedAudience(Set.of(Claims.AUDIENCE));
        info.setJwksRefreshInterval(minutes(common, "refresh-interval"));
        info.setForcedJwksRefreshInterval(minutes(common, "forced-refresh-interval"));
        info.setJwksRetainCacheOnErrorDuration(minutes(common, "retain-cache-on-error-duration"));
        return info;
    }

    private static int minutes(Config common, String name) {
        return common.getValue("smallrye.jwt.jwks." + name, Integer.class);
    }

    private static String token(String kid, KeyPair keys) {
        return Jwt.claims()
                .issuer(Claims.ISSUER)
                .audience(Claims.AUDIENCE)
                .subject("somebody")
                .expiresAt(Instant.now().plus(Duration.ofMinutes(5)))
                .jws()
                .keyId(kid)
                .algorithm(SignatureAlgorithm.ES256)
                .sign(keys.getPrivate());
    }

    private String jwks() {
        return published.entrySet().stream()
                .map(key ->
                        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                                .formatted(
                                        key.getKey(),
                                        number(((ECPublicKey) key.getValue().getPublic())
                                                .getW()
                                                .getAffineX()),
                                        number(((ECPublicKey) key.getValue().getPublic())
                                                .getW()
                                                .getAffineY())))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static String number(BigInteger coordinate) {
        byte[] bytes = coordinate.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
