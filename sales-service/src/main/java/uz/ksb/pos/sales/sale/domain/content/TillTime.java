package uz.ksb.pos.sales.sale.domain.content;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * The trust in a till's clock: moved by its difference to ours when the till sent its time with the request.
 *
 * @param now ours, at the receipt
 * @param off ours less the till's; null when the till did not send its time
 */
public record TillTime(Instant now, Duration off) {
    private static final Duration TOLERANCE = Duration.ofMinutes(2);
    /** A clock that says less was never set. */
    private static final Instant EARLIEST = Instant.parse("1999-12-31T00:00:00Z");

    /** A time of the till, corrected. */
    public record Corrected(Instant time, boolean flagged) {}

    /** @param header the value of {@code X-Client-Time}; what cannot be read counts as not sent */
    public static TillTime of(Instant now, String header) {
        if (header == null) {
            return new TillTime(now, null);
        }
        try {
            OffsetDateTime till = OffsetDateTime.parse(header);
            return new TillTime(now, isATime(till) ? Duration.between(till.toInstant(), now) : null);
        } catch (DateTimeParseException unreadable) {
            return new TillTime(now, null);
        }
    }

    public Corrected correct(Instant claimed) {
        boolean wrong = off != null && off.abs().compareTo(TOLERANCE) > 0;
        Instant time = wrong ? claimed.plus(off) : claimed;
        boolean impossible = time.isAfter(now.plus(TOLERANCE)) || time.isBefore(EARLIEST);
        return new Corrected(impossible || time.isAfter(now) ? now : time, wrong || impossible);
    }

    /** The years of this calendar: beyond them neither databases nor other programs can follow. */
    public static boolean isATime(OffsetDateTime time) {
        return time.getYear() >= 1 && time.getYear() <= 9999;
    }
}
