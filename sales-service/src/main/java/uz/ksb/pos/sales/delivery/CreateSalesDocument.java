package uz.ksb.pos.sales.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.sales.customer.CustomerView;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;

/** A sale as KSB-MERP takes it: one element of {@code sales} of its method {@code create_sales}. Amounts are JSON numbers. */
final class CreateSalesDocument {
    private CreateSalesDocument() {}

    /**
     * How much money of one currency came in.
     *
     * @param cashDesk null: not known
     * @param sum negative for change that was given in another currency than was paid
     */
    record PaymentRow(String cashDesk, String currency, BigDecimal sum, String method, String reference) {}

    /** @param newCustomers those that the back office does not know of itself */
    static Map<String, Object> of(CompletedSale sale, List<CustomerView> newCustomers) {
        boolean isReturn = sale.content().kind() == SaleKind.RETURN;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("details", List.of(details(sale, isReturn)));
        document.put(
                "client_details",
                newCustomers.stream()
                        .filter(customer -> customer.id().equals(sale.content().customerId()))
                        .map(CreateSalesDocument::client)
                        .toList());
        document.put(
                "products",
                sale.content().lines().stream()
                        .map(line -> product(line, sale, isReturn))
                        .toList());
        document.put("payments", payments(sale, isReturn));
        return document;
    }

    private static Map<String, Object> details(CompletedSale sale, boolean isReturn) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("document", sale.id());
        details.put(
                "client",
                sale.content().customerId() == null
                        ? new UUID(0, 0)
                        : sale.content().customerId());
        details.put("warehouse", sale.content().warehouse());
        details.put("price_type", sale.content().priceType());
        details.put("rate", number(sale.content().rate()));
        details.put("currency", sale.content().currency());
        // Rounding down is a discount, rounding up a negative one.
        details.put(
                "discount",
                signed(sale.content().discount().subtract(sale.content().rounding()), isReturn));
        details.put("comment", comment(sale));
        details.put("below_cost", false);
        details.put("date", sale.completion().completedAt());
        details.put("user", sale.origin().cashier());
        putIfKnown(details, "approved_by", sale.content().approvedBy());
        putIfKnown(details, "fiscal", sale.content().fiscal());
        return details;
    }

    /** We ask for no address. */
    private static Map<String, Object> client(CustomerView customer) {
        return Map.of("id", customer.id(), "name", customer.name(), "phone", customer.phone(), "address", "");
    }

    private static String comment(CompletedSale sale) {
        List<String> parts = new ArrayList<>();
        parts.add(
                "POS " + (sale.view().number() == null ? sale.id() : sale.view().number()));
        parts.add("kassa " + sale.origin().deviceCode());
        parts.add(String.valueOf(sale.origin().cashier()));
        parts.add(sale.completion().completedAt().toString());
        if (sale.content().comment() != null) {
            parts.add(sale.content().comment());
        }
        return String.join("; ", parts);
    }

    private static Map<String, Object> product(Line line, CompletedSale sale, boolean isReturn) {
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("product", line.productId());
        product.put("warehouse", line.warehouse() == null ? sale.content().warehouse() : line.warehouse());
        product.put("currency", sale.content().currency());
        product.put("quantity", signed(line.quantity(), isReturn));
        product.put("price", number(line.price()));
        product.put("sum", signed(line.sum(), isReturn));
        putIfKnown(product, "marks", line.marks());
        putIfKnown(product, "mxik", line.mxik());
        putIfKnown(product, "package_code", line.packageCode());
        putIfKnown(product, "vat_rate", line.vatRate() == null ? null : number(line.vatRate()));
        return product;
    }

    /**
     * A debt is no payment row: the unpaid rest is the debt. Change is taken from cash in the sale's currency. The rest of
     * it is a row of negative cash in that currency, so no foreign amount is converted and rounded.
     */
    static List<PaymentRow> payments(String currency, List<Payment> payments, BigDecimal change) {
        List<PaymentRow> rows = new ArrayList<>();
        String desk = null;
        BigDecimal left = change;
        for (Payment paid : payments) {
            if (paid.kind() == Means.DEBT) {
                continue;
            }
            BigDecimal amount = paid.amount();
            if (paid.kind() == Means.CASH) {
                desk = desk == null ? paid.cashDesk() : desk;
                if (paid.currency().equals(currency)) {
                    BigDecimal back = left.min(amount).max(BigDecimal.ZERO);
                    left = left.subtract(back);
                    amount = amount.subtract(back);
                }
            }
            rows.add(new PaymentRow(paid.cashDesk(), paid.currency(), amount, paid.method(), paid.reference()));
        }
        if (left.signum() > 0) {
            rows.add(new PaymentRow(desk, currency, left.negate(), null, null));
        }
        return rows;
    }

    private static List<Map<String, Object>> payments(CompletedSale sale, boolean isReturn) {
        return payments(
                        sale.content().currency(),
                        sale.completion().payments(),
                        sale.completion().change())
                .stream()
                .map(row -> {
                    Map<String, Object> payment = new LinkedHashMap<>();
                    payment.put("cash", row.cashDesk());
                    payment.put("currency", row.currency());
                    payment.put("sum", signed(row.sum(), isReturn));
                    putIfKnown(payment, "method", row.method());
                    putIfKnown(payment, "reference", row.reference());
                    return payment;
                })
                .toList();
    }

    /** A field that the back office need not know. */
    private static void putIfKnown(Map<String, Object> row, String field, Object value) {
        if (value != null) {
            row.put(field, value);
        }
    }

    private static JsonNode signed(BigDecimal amount, boolean isReturn) {
        return number(isReturn ? amount.negate() : amount);
    }

    private static JsonNode number(BigDecimal amount) {
        return DecimalNode.valueOf(amount);
    }
}
