package uz.ksb.pos.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Access tokens of a key that only nodes started by a test trust. */
final class TestToken {

    private final KeyPair keys;

    TestToken() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** A token of a cashier at a till of its own. */
    String of(String ksbId) {
        long now = Instant.now().getEpochSecond();
        String claims = """
                {"iss":"ksb-pos","aud":"ksb-pos","sub":"%s","preferred_username":"cashier","groups":["CASHIER"],"iat":%d,"exp":%d,\
                "ksb_id":"%s","device_id":"%s","device_code":"1","zone":"Asia/Tashkent","day_start":"00:00",\
                "currency":"UZS","max_discount":"100","may_change_price":"true","may_see_purchase_price":"false",\
                "may_see_totals":"true"}""".formatted(UUID.randomUUID(), now, now + 900, ksbId, UUID.randomUUID());
        String signed = base64("{\"alg\":\"ES256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
