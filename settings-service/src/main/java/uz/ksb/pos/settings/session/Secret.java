package uz.ksb.pos.settings.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import uz.ksb.pos.platform.text.Sha256;

/** The secret half of a refresh token: 256 bits, of which the database keeps a hash. */
public record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Secret next() {
        return new Secret(nonce());
    }

    static String nonce() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    String hash() {
        return Sha256.hex(text);
    }

    boolean hasHash(String hash) {
        return hash != null
                && MessageDigest.isEqual(
                        hash().getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The secret that follows this one. The same nonce gives the same successor, so a lost answer can be repeated although
     * no secret is kept: the nonce alone, all that the database has, gives nothing.
     */
    Secret successor(String nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new Secret(BASE64.encodeToString(mac.doFinal(nonce.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "secret";
    }
}
