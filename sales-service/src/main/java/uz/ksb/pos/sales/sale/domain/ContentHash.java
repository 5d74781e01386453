package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/**
 * Whether two finished sales of one id are the same: by the parsed values of kind, returnOf, lines, payments, customer,
 * discount, currency and the completion time as the till says it; not by device, revision or comment.
 */
public final class ContentHash {
    private final StringBuilder canonical = new StringBuilder(512);

    private ContentHash() {}

    public static String of(SaleContent sale, List<Payment> payments, Instant claimedAt) {
        ContentHash hash = new ContentHash();
        hash.add(sale.kind(), sale.returnOf(), sale.customerId(), sale.currency(), claimedAt);
        hash.add(sale.asked().amount(), sale.asked().percent());
        for (Line line : sale.lines()) {
            hash.add("line", line.lineId(), line.productId(), line.price(), line.quantity(), line.returnOfLine());
        }
        for (Payment payment : payments) {
            hash.add("payment", payment.kind(), payment.amount(), payment.currency(), payment.rate());
        }
        return hash.digest();
    }

    private void add(Object... values) {
        for (Object value : values) {
            String text = value instanceof BigDecimal decimal
                    ? decimal.stripTrailingZeros().toPlainString()
                    : String.valueOf(value);
            // With its length in front no text can pass for two.
            canonical.append(text.length()).append(':').append(text);
        }
    }

    private String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
