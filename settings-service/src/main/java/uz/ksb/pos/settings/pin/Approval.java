package uz.ksb.pos.settings.pin;

import java.math.BigDecimal;

/**
 * A manager's approval.
 *
 * @param approval goes with the sale, as its field {@code approval}; a signed token that is good for that sale at that till
 *     only, and only for what was asked
 * @param approvedBy the manager's login
 * @param expiresIn in seconds
 * @param maxDiscountPercent the manager's own limit, by which the till judges without internet; null: not limited
 * @param mayChangePrice the manager's own right
 */
record Approval(
        String approval,
        String approvedBy,
        String displayName,
        long expiresIn,
        BigDecimal maxDiscountPercent,
        boolean mayChangePrice) {
    /** Without the token. */
    @Override
    public String toString() {
        return "approval by " + approvedBy;
    }
}
