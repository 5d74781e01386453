package uz.ksb.pos.platform.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import uz.ksb.pos.platform.caller.Claims;

/** Another issuer of tokens: its own key, algorithm, name and place for roles. */
public final class ExternalIssuer {
    /** A system property: the test's class loader differs from that of its configuration. */
    private static final String PRIVATE_KEY = "pos.test.external-key";

    private static final String NAME = "https://login.example/realms/shops";

    private ExternalIssuer() {}

    /** The configuration by which a service takes its tokens, with a new key. */
    public static Map<String, String> configuration() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            System.setProperty(PRIVATE_KEY, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            return Map.of(
                    "mp.jwt.verify.publickey",
                            Base64.getEncoder()
                                    .encodeToString(key.getPublicKey().getEncoded()),
                    "mp.jwt.verify.publickey.algorithm", "RS256",
                    "mp.jwt.verify.issuer", NAME,
                    "mp.jwt.verify.audiences", "tills",
                    "smallrye.jwt.path.groups", "realm_access/roles",
                    "smallrye.jwt.blocking-authentication", "true");
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JwtClaimsBuilder claims(String ksbId, String login, String... roles) {
        return Jwt.claims()
                .issuer(NAME)
                .audience("tills")
                .subject(UUID.randomUUID().toString())
                .preferredUserName(login)
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .claim(Claims.KSB_ID, ksbId)
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plus(Duration.ofMinutes(5)));
    }

    public static String sign(JwtClaimsBuilder claims) {
        try {
            return claims.jws()
                    .sign(((RsaJsonWebKey) JsonWebKey.Factory.newJwk(System.getProperty(PRIVATE_KEY))).getPrivateKey());
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
