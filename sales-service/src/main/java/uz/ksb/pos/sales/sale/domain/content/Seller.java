package uz.ksb.pos.sales.sale.domain.content;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The seller, the till and the rules of the enterprise: as the verified token says.
 *
 * @param deviceCode the till's short number, first part of a sale's number; null when not told
 * @param login null when only the till is known
 * @param maxDiscountPercent null: not limited
 * @param flags of every finished sale that this caller brings
 * @param blocked whether the till is blocked: its sales are held for a manager
 */
public record Seller(
        String ksbId,
        String deviceId,
        String deviceCode,
        String login,
        boolean manager,
        ZoneId zone,
        LocalTime dayStart,
        String currency,
        BigDecimal maxDiscountPercent,
        boolean mayChangePrice,
        boolean maySeeTotals,
        List<Flag> flags,
        boolean blocked) {

    /** The same at a till that is blocked. */
    public Seller blocked(List<Flag> itsFlags) {
        return new Seller(
                ksbId,
                deviceId,
                deviceCode,
                login,
                manager,
                zone,
                dayStart,
                currency,
                maxDiscountPercent,
                mayChangePrice,
                maySeeTotals,
                itsFlags,
                true);
    }
}
