package uz.ksb.pos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A made-up folder as {@code ./pos replay} takes it, with what a real one has: returns, write-offs, price 0, sales
 * without a customer, and totals reckoned apart from the program under test.
 *
 * @param sales that the system must then have
 * @param returns likewise
 */
record SmallShop(Path folder, List<LocalDate> days, int sales, int returns) {

    private static final int PRODUCTS = 200;
    private static final int CUSTOMERS = 40;

    /** The totals of a day in a totals file. */
    private static final class Sums {
        private int invoices;
        private int cancellations;
        private int adjustments;
        private BigDecimal gross = new BigDecimal("0.00");
        private BigDecimal cancelled = new BigDecimal("0.00");

        String json() {
            return """
                    {"invoices": %d, "cancellation_invoices": %d, "adjustment_invoices": %d,
                     "gross": "%s", "cancelled": "%s"}""".formatted(invoices, cancellations, adjustments, gross, cancelled);
        }
    }

    /**
     * Writes a folder.
     *
     * @param firstDay of {@code days}; other tests sell on other days
     * @param invoices of all kinds, from 1 to 5 lines
     */
    static SmallShop in(Path folder, LocalDate firstDay, int days, int invoices) {
        Random random = new Random(firstDay.toEpochDay());
        StringBuilder lines = new StringBuilder("invoice,stock_code,quantity,unit_price,timestamp,customer_id\n");
        Map<LocalDate, Sums> sums = new TreeMap<>();
        for (int i = 0; i < invoices; i++) {
            LocalDate day = firstDay.plusDays((long) i * days / invoices);
            String number = firstDay.toEpochDay() + "%05d".formatted(i);
            lines.append(invoice(number, day, random, sums.computeIfAbsent(day, date -> new Sums())));
        }
        write(folder, "products.csv", products());
        write(folder, "customers.csv", customers());
        write(folder, "sales.csv", lines.toString());
        write(folder, "totals-sales.json", totals(sums));
        int returns = sums.values().stream().mapToInt(sum -> sum.cancellations).sum();
        int adjustments =
                sums.values().stream().mapToInt(sum -> sum.adjustments).sum();
        return new SmallShop(folder, new ArrayList<>(sums.keySet()), invoices - returns - adjustments, returns);
    }

    private static String invoice(String number, LocalDate day, Random random, Sums sums) {
        String rest = "%s,%s\n"
                .formatted(
                        day.atTime(LocalTime.of(8, 0).plusMinutes(random.nextInt(720))) + ":00",
                        random.nextInt(4) == 0 ? "" : 10_001 + random.nextInt(CUSTOMERS));
        int kind = random.nextInt(20);
        if (kind == 0) {
            sums.invoices++;
            sums.adjustments++;
            return "%s,P%03d,-7,0.00,%s".formatted(number, random.nextInt(PRODUCTS), rest);
        }
        boolean cancelled = kind < 4;
        StringBuilder lines = new StringBuilder();
        for (int line = random.nextInt(5); line >= 0; line--) {
            BigDecimal price = BigDecimal.valueOf(random.nextInt(20) == 0 ? 0 : random.nextInt(2_000), 2);
            int quantity = (1 + random.nextInt(12)) * (cancelled ? -1 : 1);
            lines.append("%s,P%03d,%d,%s,%s"
                    .formatted(cancelled ? "C" + number : number, random.nextInt(PRODUCTS), quantity, price, rest));
            BigDecimal sum = price.multiply(BigDecimal.valueOf(quantity));
            sums.gross = cancelled ? sums.gross : sums.gross.add(sum);
            sums.cancelled = cancelled ? sums.cancelled.add(sum) : sums.cancelled;
        }
        sums.invoices += cancelled ? 0 : 1;
        sums.cancellations += cancelled ? 1 : 0;
        return lines.toString();
    }

    private static String products() {
        StringBuilder rows = new StringBuilder("stock_code,description,unit_price,first_seen\n");
        for (int i = 0; i < PRODUCTS; i++) {
            rows.append("P%03d,\"Thing %d, \"\"fine\"\" £1\",%d.99,2011-01-01\n".formatted(i, i, i));
        }
        return rows.toString();
    }

    private static String customers() {
        StringBuilder rows = new StringBuilder("customer_id,country\n");
        for (int i = 1; i <= CUSTOMERS; i++) {
            rows.append("%d,Uzbekistan\n".formatted(10_000 + i));
        }
        return rows.toString();
    }

    private static String totals(Map<LocalDate, Sums> sums) {
        List<String> days = sums.entrySet().stream()
                .map(day -> "\"" + day.getKey() + "\": " + day.getValue().json())
                .toList();
        return "{\"currency\": \"GBP\", \"days\": {" + String.join(",\n", days) + "}}";
    }

    private static void write(Path folder, String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
