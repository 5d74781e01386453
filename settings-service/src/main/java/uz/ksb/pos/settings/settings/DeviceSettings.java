package uz.ksb.pos.settings.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * How a till behaves.
 *
 * @param resendSeconds how often unsent sales are tried again
 * @param timeoutSeconds how long an answer is waited for
 * @param receiptWidth of the paper, 58 or 80 mm
 * @param scan what a scanned product does to a sale that has it already
 * @param askQuantity whether the till asks how many
 */
public record DeviceSettings(
        @Min(5) @Max(86_400) int resendSeconds,
        @Min(1) @Max(600) int timeoutSeconds,
        @NotNull @Size(max = 1000) String receiptHeader,
        @NotNull @Size(max = 1000) String receiptFooter,
        @NotNull ReceiptWidth receiptWidth,
        @NotNull Scan scan,
        boolean askQuantity) {
    static final DeviceSettings DEFAULTS =
            new DeviceSettings(300, 30, "", "", ReceiptWidth.MM80, Scan.RAISES_LINE, false);

    /** Width of receipt paper. */
    public enum ReceiptWidth {
        MM58,
        MM80
    }

    /** What a scan does when the product stands in the sale. */
    public enum Scan {
        RAISES_LINE,
        ADDS_LINE
    }
}
