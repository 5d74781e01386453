package uz.ksb.pos.settings.pin;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.UUID;
import uz.ksb.pos.platform.text.StoredText;

/**
 * A manager approves something of one sale at the caller's till.
 *
 * @param login the manager's
 * @param discountPercent up to which the sale may be cheaper than by the catalogue; absent: no more than the cashier may
 * @param price whether prices may be changed
 * @param returnWithoutReceipt whether goods may be taken back without a receipt
 */
record NewApproval(
        @NotNull UUID saleId,
        @NotNull @StoredText(max = 100) String login,
        @Pin String pin,

        @DecimalMin("0") @DecimalMax("100") @Digits(integer = 3, fraction = 4)
        BigDecimal discountPercent,

        boolean price,
        boolean returnWithoutReceipt) {
    /** Without the PIN. */
    @Override
    public String toString() {
        return login + " for " + saleId;
    }
}
