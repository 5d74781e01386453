package uz.ksb.pos.local.replay.shop;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The invoices of a sales file, in the order of their first lines.
 *
 * @param writeOffs lines that take goods off the stock and are no sale: negative quantity outside a cancellation
 * @param writeOffInvoices invoices of which nothing else is left
 */
public record SalesFile(List<Invoice> invoices, int writeOffs, int writeOffInvoices) {

    private static final List<String> COLUMNS =
            List.of("invoice", "stock_code", "quantity", "unit_price", "timestamp", "customer_id");

    /** One line as it stands, checked. */
    private record Row(Invoice head, Invoice.Item item, boolean writeOff) {}

    public static SalesFile read(Path path) {
        Map<String, List<Row>> byNumber = new LinkedHashMap<>();
        for (Row row : new CsvFile(path, COLUMNS).read(SalesFile::row)) {
            byNumber.computeIfAbsent(row.head().number(), number -> new ArrayList<>(8))
                    .add(row);
        }
        List<Invoice> invoices = byNumber.values().stream()
                .map(SalesFile::invoice)
                .filter(invoice -> !invoice.lines().isEmpty())
                .toList();
        int writeOffs = (int) byNumber.values().stream()
                .flatMap(List::stream)
                .filter(Row::writeOff)
                .count();
        return new SalesFile(invoices, writeOffs, byNumber.size() - invoices.size());
    }

    public long sales() {
        return invoices.size() - returns();
    }

    public long returns() {
        return invoices.stream().filter(Invoice::isReturn).count();
    }

    private static Row row(CsvFile.Line line) {
        String number = line.required("invoice");
        BigDecimal quantity = line.decimal("quantity");
        BigDecimal price = line.decimal("unit_price");
        boolean cancelled = Invoice.isReturn(number);
        if (quantity.signum() == 0 || cancelled && quantity.signum() > 0) {
            throw line.broken("quantity %s on invoice %s".formatted(quantity, number));
        }
        if (price.signum() < 0) {
            throw line.broken("unit_price is negative");
        }
        Invoice head = new Invoice(number, line.time("timestamp"), line.text("customer_id"), List.of());
        Invoice.Item item = new Invoice.Item(line.required("stock_code"), quantity.abs(), price);
        return new Row(head, item, !cancelled && quantity.signum() < 0);
    }

    private static Invoice invoice(List<Row> rows) {
        Invoice head = rows.getFirst().head();
        List<Invoice.Item> sold =
                rows.stream().filter(row -> !row.writeOff()).map(Row::item).toList();
        return new Invoice(head.number(), head.at(), head.customer(), sold);
    }
}
