package uz.ksb.pos.sales.sale.domain.content;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A fault of a finished sale: the closed list, as it stands in the API. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {
            "discount",
            "price",
            "stock",
            "quantity",
            "payment",
            "debt",
            "cash",
            "rounding",
            "rate",
            "total",
            "lines",
            "clock",
            "sequence",
            "sequence-twice",
            "return",
            "return-without-receipt",
            "unknown-return",
            "unknown-customer",
            "unknown-product",
            "unknown-price",
            "currency",
            "conflict",
            "was-open",
            "was-trashed",
            "offline-login",
            "device-token",
            "blocked-device"
        })
public enum Flag {
    DISCOUNT,
    PRICE,
    STOCK,
    QUANTITY,
    PAYMENT,
    DEBT,
    CASH,
    ROUNDING,
    RATE,
    TOTAL,
    LINES,
    CLOCK,
    SEQUENCE,
    SEQUENCE_TWICE,
    RETURN,
    RETURN_WITHOUT_RECEIPT,
    UNKNOWN_RETURN,
    UNKNOWN_CUSTOMER,
    UNKNOWN_PRODUCT,
    UNKNOWN_PRICE,
    CURRENCY,
    CONFLICT,
    WAS_OPEN,
    WAS_TRASHED,
    OFFLINE_LOGIN,
    DEVICE_TOKEN,
    BLOCKED_DEVICE;

    /** As stored and shown, for example {@code sequence-twice}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
