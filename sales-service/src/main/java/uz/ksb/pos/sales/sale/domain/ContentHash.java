package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uz.ksb.pos.platform.text.Sha256;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/**
 * Tells whether two finished sales of one id are the same: by the parsed values of kind, returnOf, lines, payments, customer,
 * discount, currency and the completion time as the till says it; not by device, revision or comment. A return by a receipt
 * is told by the lines and quantities that come back: everything else of it is the receipt's.
 */
final class ContentHash {
    private final StringBuilder canonical = new StringBuilder(512);

    private ContentHash() {}

    static String of(SaleContent sale, List<NewPayment> payments, Instant claimedAt) {
        ContentHash hash = new ContentHash();
        hash.add(sale.kind(), sale.returnOf(), claimedAt);
        if (sale.isReturnByReceipt()) {
            Map<String, BigDecimal> back = new TreeMap<>();
            for (Line line : sale.lines()) {
                back.merge(String.valueOf(line.returnOfLine()), line.quantity(), BigDecimal::add);
            }
            back.forEach((line, quantity) -> hash.add("line", line, quantity));
        } else {
            hash.add(sale.customerId(), sale.currency());
            hash.add(sale.asked().amount(), sale.asked().percent());
            for (Line line : sale.lines()) {
                hash.add("line", line.lineId(), line.productId(), line.price(), line.quantity(), line.returnOfLine());
                hash.addAll("mark", line.marks());
            }
        }
        for (NewPayment payment : payments) {
            String currency = payment.currency() == null ? sale.currency() : payment.currency();
            boolean fixed = sale.isReturnByReceipt()
                    || currency.equals(sale.currency())
                    || currency.equals(sale.mainCurrency());
            hash.add("payment", payment.kind(), payment.amount(), currency, fixed ? null : payment.rate());
            hash.add(payment.method(), payment.reference());
        }
        return hash.digest();
    }

    private void addAll(String name, List<String> values) {
        if (values != null) {
            values.forEach(value -> add(name, value));
        }
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
        return Sha256.hex(canonical.toString());
    }
}
