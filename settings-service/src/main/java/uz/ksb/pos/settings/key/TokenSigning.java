package uz.ksb.pos.settings.key;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import uz.ksb.pos.platform.caller.Claims;

/** Makes tokens: ES256 with the {@code kid} of the key that is due. */
@ApplicationScoped
public class TokenSigning {
    private static final Duration DEVICE_LIFE = Duration.ofDays(400);

    private final Keys keys;

    TokenSigning(Keys keys) {
        this.keys = keys;
    }

    public String access(Map<String, Object> claims, Duration life) {
        return sign(Purpose.ACCESS, claims, life);
    }

    public String device(Map<String, Object> claims) {
        return sign(Purpose.DEVICE, claims, DEVICE_LIFE);
    }

    /** Signed with the key of access tokens. Its audience differs, so it gives nobody's rights. */
    public String approval(Map<String, Object> claims, Duration life) {
        return sign(Purpose.ACCESS, Claims.APPROVAL_AUDIENCE, claims, life);
    }

    private String sign(Purpose purpose, Map<String, Object> claims, Duration life) {
        return sign(purpose, purpose.audience(), claims, life);
    }

    private String sign(Purpose purpose, String audience, Map<String, Object> claims, Duration life) {
        TokenKey key = keys.signing(purpose);
        Instant now = Instant.now();
        return Jwt.claims(new HashMap<>(claims))
                .issuer(Claims.ISSUER)
                .audience(audience)
                .issuedAt(now)
                .expiresAt(now.plus(life))
                .jws()
                .keyId(key.kid())
                .algorithm(SignatureAlgorithm.ES256)
                .sign(key.privateKey());
    }
}
