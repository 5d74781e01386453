package uz.ksb.pos.sales.sale.domain.content;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.platform.caller.ApprovalVerifier.Approval;
import uz.ksb.pos.platform.text.LoginName;

/**
 * The seller, the till and the rules of the enterprise: as the verified token says.
 *
 * @param deviceCode the till's short number, first part of a sale's number; null when not told
 * @param login null when only the till is known
 * @param maxDiscountPercent null: not limited
 * @param priceTypes ids of those at which the seller may sell; empty: at any
 * @param approvedBy the manager who, for one sale, gave some of these rights; null: nobody
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
        Set<String> priceTypes,
        boolean mayChangePrice,
        boolean maySeeTotals,
        String approvedBy,
        List<Flag> flags,
        boolean blocked) {

    /** The same with the rights that a manager gave for one sale. */
    public Seller approved(Approval by) {
        return copy(
                manager || by.mayReturn(),
                maxDiscountPercent == null ? null : maxDiscountPercent.max(by.maxDiscountPercent()),
                priceTypes,
                mayChangePrice || by.mayChangePrice(),
                by.login(),
                flags,
                blocked);
    }

    /**
     * The maker of a sale that this caller brings. The rights of another cashier are not known here, so there are none.
     *
     * @param cashier null: the caller
     */
    public Seller maker(String cashier) {
        return cashier == null || login == null || LoginName.comparable(cashier).equals(LoginName.comparable(login))
                ? this
                : copy(false, BigDecimal.ZERO, Set.of(), false, approvedBy, flags, blocked);
    }

    /** The same at a till that is blocked. */
    public Seller blocked(List<Flag> itsFlags) {
        return copy(manager, maxDiscountPercent, priceTypes, mayChangePrice, approvedBy, itsFlags, true);
    }

    /** Whether this seller may sell at a price type. */
    public boolean maySellAs(String priceType) {
        return priceTypes.isEmpty() || priceType != null && priceTypes.contains(priceType);
    }

    private Seller copy(
            boolean asManager,
            BigDecimal maxDiscount,
            Set<String> types,
            boolean changesPrice,
            String approver,
            List<Flag> itsFlags,
            boolean isBlocked) {
        return new Seller(
                ksbId,
                deviceId,
                deviceCode,
                login,
                asManager,
                zone,
                dayStart,
                currency,
                maxDiscount,
                types,
                changesPrice,
                maySeeTotals,
                approver,
                itsFlags,
                isBlocked);
    }
}
