package uz.ksb.pos.till;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Access tokens of a key of its own, for gateways that trust only that key: no settings-service runs beside them. */
public final class TokenIssuer {
    private static final Duration LIFETIME = Duration.ofHours(4);

    private final KeyPair keys;

    public TokenIssuer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of {@code mp.jwt.verify.publickey} for a gateway. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** A token of a cashier at a till of its own, so that no limit per device counts. */
    public String token(String ksbId) {
        long now = Instant.now().getEpochSecond();
        String claims = """
                {"iss":"ksb-pos","aud":"ksb-pos","sub":"%s","preferred_username":"kassir","groups":["CASHIER"],\
                "ksb_id":"%s","device_id":"%s","may_see_totals":true,"iat":%d,"exp":%d}""".formatted(UUID.randomUUID(), ksbId, UUID.randomUUID(), now, now + LIFETIME.toSeconds());
        String signed = encoded("{\"alg\":\"ES256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return encoded(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
