package uz.ksb.pos.sales.sale.domain;

import java.time.Instant;
import java.util.Locale;

/**
 * Where a finished sale stands on its way to the back office.
 *
 * @param posted false: accepted there, but not processed yet; null: not delivered
 * @param settledAt since when its books are to have it: it was delivered, or closed by hand; null: they have not
 * @param hold why it is kept back; null: it is not
 */
public record Delivery(
        Status status,
        int attempts,
        Instant nextAttemptAt,
        String lastError,
        Boolean posted,
        Instant settledAt,
        Hold hold) {
    public static final Delivery WAITING = new Delivery(Status.NOT_DELIVERED, 0, null, null, null, null, null);

    /** As users know it. */
    public enum Status {
        NOT_DELIVERED,
        DELIVERED,
        REJECTED,
        CLOSED
    }

    /** Why a finished sale is kept back until a manager decides. */
    public enum Hold {
        /** A blocked till brought it: it counts nowhere. */
        BLOCKED_DEVICE,
        /** A return that breaks its receipt's rules: it counts, and is not delivered. */
        RETURN,
        /** A manager dismissed it: it counts nowhere, for ever. */
        DISMISSED;

        /** As stored and shown, for example {@code blocked-device}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @param text null passes */
        public static Hold of(String text) {
            return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    Delivery delivered(boolean itsPosted, Instant now) {
        return new Delivery(
                Status.DELIVERED, attempts + 1, null, null, itsPosted, settledAt == null ? now : settledAt, hold);
    }

    Delivery rejected(String reason) {
        return new Delivery(Status.REJECTED, attempts + 1, null, reason, null, null, hold);
    }

    Delivery waiting(String reason) {
        return new Delivery(Status.NOT_DELIVERED, attempts, null, reason, null, null, hold);
    }

    Delivery closed(String reason, Instant now) {
        return new Delivery(Status.CLOSED, attempts, null, reason, null, now, hold);
    }

    public Delivery withHold(Hold other) {
        return new Delivery(status, attempts, nextAttemptAt, lastError, posted, settledAt, other);
    }

    /** Whether the sale counts in totals, balances and stock. */
    boolean counts() {
        return hold == null || hold == Hold.RETURN;
    }
}
