package uz.ksb.pos.simulator.crm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The check of a request by the Standard Webhooks rules, version 1: HMAC-SHA256 of {@code id.timestamp.body}, in base64,
 * after {@code v1,}; several signatures may stand side by side, separated by spaces.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">the rules</a>
 */
public final class WebhookSignature {

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final SecretKeySpec key;
    private final Duration tolerance;
    private final Clock clock;

    /**
     * @param secret {@code whsec_} and the key in base64
     * @param tolerance how far the timestamp may be from {@code clock}, either way
     */
    public WebhookSignature(String secret, Duration tolerance, Clock clock) {
        if (!secret.startsWith(SECRET_PREFIX)) {
            throw new IllegalArgumentException("The webhook secret must begin with " + SECRET_PREFIX);
        }
        this.key =
                new SecretKeySpec(Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), "HmacSHA256");
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** Why the request is not to be believed; empty when it is. */
    Optional<String> refusal(String id, String timestamp, String signatures, byte[] body) {
        if (id == null || timestamp == null || signatures == null) {
            return Optional.of("webhook-id, webhook-timestamp or webhook-signature is missing");
        }
        if (!isNow(timestamp)) {
            return Optional.of("webhook-timestamp is too far from now, or no time");
        }
        byte[] expected = sign(id, timestamp, body).getBytes(StandardCharsets.UTF_8);
        for (String signature : signatures.split(" ", -1)) {
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
                return Optional.empty();
            }
        }
        return Optional.of("no signature matches");
    }

    private boolean isNow(String timestamp) {
        try {
            Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(signed, clock.instant()).abs().compareTo(tolerance) <= 0;
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }

    /** The signature with its version. */
    public String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
