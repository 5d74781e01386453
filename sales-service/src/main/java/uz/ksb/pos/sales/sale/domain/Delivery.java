package uz.ksb.pos.sales.sale.domain;

import java.time.Instant;

/**
 * Where a finished sale stands on its way to the back office.
 *
 * @param posted false: accepted there, but not processed yet; null: not delivered
 * @param settledAt since when its books are to have it: it was delivered, or closed by hand; null: they have not
 */
public record Delivery(
        Status status, int attempts, Instant nextAttemptAt, String lastError, Boolean posted, Instant settledAt) {
    public static final Delivery WAITING = new Delivery(Status.NOT_DELIVERED, 0, null, null, null, null);

    /** As users know it. */
    public enum Status {
        NOT_DELIVERED,
        DELIVERED,
        REJECTED,
        CLOSED
    }
}
