package uz.ksb.pos.sales.sale;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * What a till's clock is worth: moved by its difference to ours when the till sent its time with the request.
 *
 * @param now ours, at the receipt
 * @param off ours less the till's; null when the till did not send its time
 */
public record TillTime(Instant now, Duration off) {
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** A time of the till, corrected. */
    record Corrected(Instant time, boolean flagged) {}

    /** @param header the value of {@code X-Client-Time}; what cannot be read counts as not sent */
    public static TillTime of(Instant now, String header) {
        if (header == null) {
            return new TillTime(now, null);
        }
        try {
            return new TillTime(
                    now, Duration.between(OffsetDateTime.parse(header).toInstant(), now));
        } catch (DateTimeParseException unreadable) {
            return new TillTime(now, null);
        }
    }

    Corrected correct(Instant claimed) {
        boolean wrong = off != null && off.abs().compareTo(TOLERANCE) > 0;
        Instant time = wrong ? claimed.plus(off) : claimed;
        boolean future = time.isAfter(now.plus(TOLERANCE));
        return new Corrected(time.isAfter(now) ? now : time, wrong || future);
    }
}
