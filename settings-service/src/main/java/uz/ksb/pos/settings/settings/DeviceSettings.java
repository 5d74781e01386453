package uz.ksb.pos.settings.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.platform.text.StoredText;

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
        @NotNull @StoredText(max = MAX_TEXT, blank = true) String receiptHeader,
        @NotNull @StoredText(max = MAX_TEXT, blank = true) String receiptFooter,
        @NotNull ReceiptWidth receiptWidth,
        @NotNull Scan scan,
        boolean askQuantity) {
    private static final int MAX_TEXT = 1000;

    static final DeviceSettings DEFAULTS =
            new DeviceSettings(300, 30, "", "", ReceiptWidth.MM80, Scan.RAISES_LINE, false);

    /** In the form in which texts are stored. */
    DeviceSettings stored() {
        return new DeviceSettings(
                resendSeconds,
                timeoutSeconds,
                lines(receiptHeader, "receiptHeader"),
                lines(receiptFooter, "receiptFooter"),
                receiptWidth,
                scan,
                askQuantity);
    }

    private static String lines(String text, String field) {
        return Objects.requireNonNullElse(StorableText.lines(text, MAX_TEXT, field), "");
    }

    /** Width of receipt paper. */
    public enum ReceiptWidth {
        MM58,
        MM80
    }

    /** The effect of a scan when the product stands in the sale. */
    public enum Scan {
        RAISES_LINE,
        ADDS_LINE
    }
}
