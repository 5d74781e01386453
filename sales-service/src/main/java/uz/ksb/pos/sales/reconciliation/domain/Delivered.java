package uz.ksb.pos.sales.reconciliation.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A delivered sale, to be looked for in the back office.
 *
 * @param till code of the till, {@code deviceId} its id; null: not known
 * @param amount that the document must have: total and rounding, a return negative, in {@code currency}
 */
public record Delivered(
        UUID id, String deviceId, String till, String number, BigDecimal amount, String currency, Instant at) {}
