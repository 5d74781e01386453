package uz.ksb.pos.settings.key;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * One key pair on P-256.
 *
 * @param signsFrom published before, used from here on
 */
record TokenKey(String kid, Purpose purpose, Instant signsFrom, PrivateKey privateKey, ECPublicKey publicKey) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'");

    static TokenKey of(String kid, PrivateKey privateKey, ECPublicKey publicKey) {
        Purpose purpose = Arrays.stream(Purpose.values())
                .filter(one -> kid.startsWith(one.prefix()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key's name starts with no known purpose: " + kid));
        LocalDateTime time = LocalDateTime.parse(kid.substring(purpose.prefix().length()), TIME);
        return new TokenKey(kid, purpose, time.toInstant(ZoneOffset.UTC), privateKey, publicKey);
    }

    static String kid(Purpose purpose, Instant signsFrom) {
        return purpose.prefix() + TIME.format(signsFrom.atOffset(ZoneOffset.UTC));
    }

    /** Never the private half. */
    @Override
    public String toString() {
        return kid;
    }
}
