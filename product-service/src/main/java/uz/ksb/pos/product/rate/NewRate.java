package uz.ksb.pos.product.rate;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * A rate to be set.
 *
 * @param rate positive, at most 12 digits before and 6 after the point
 * @param setAt since when; an older one than the stored changes nothing
 */
public record NewRate(String currency, BigDecimal rate, OffsetDateTime setAt, String setBy) {}
