package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;

/**
 * A week of a real shop, sold through the page by a scripted cashier: each line scanned, each sale paid. Cancelled
 * invoices come back without a receipt, since the file names none.
 */
@Tag("long")
@ExtendWith(SharedSystem.class)
class WeekAtTheTillTest {

    private static final String SHOP = "10000002";
    private static final Path DATA =
            Path.of("../../../shared/data").toAbsolutePath().normalize();
    private static final int PRODUCTS_AT_ONCE = 1000;
    private static final int WEEK_SALES = 727;
    private static final int WEEK_RETURNS = 121;

    /** Above what a replay of the same folder sends, which has no barcodes. */
    private static final int VERSION = 2;

    private final RunningSystem system;
    private final Api api;

    WeekAtTheTillTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    /** @param price as it stood on the invoice */
    private record Item(String product, BigDecimal quantity, BigDecimal price) {

        BigDecimal sum() {
            return quantity.multiply(price);
        }
    }

    /** @param back the goods come back */
    private record Invoice(boolean back, List<Item> items) {

        BigDecimal sum() {
            return items.stream().map(Item::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** @param price in the catalogue */
    private record Goods(String barcode, BigDecimal price) {}

    @Test
    void theWeekSoldThroughThePageIsRightToTheCent() {
        assumeTrue(Files.isDirectory(DATA), "skipped: the real shop's files (../shared/data) are not here");
        Map<String, Goods> catalogue = catalogue();
        send(catalogue);
        List<Invoice> invoices = invoices();
        BigDecimal gross = sum(invoices, false);
        BigDecimal returns = sum(invoices, true);
        JsonNode before = totals();
        try (TillBrowser browser = TillBrowser.start()) {
            TillWindow till = new TillWindow(browser.newTill(), system).startsFirst(SHOP, TillWindow.MANAGER);
            till.opensSales();
            till.page().setDefaultTimeout(600_000);
            // Not as a script of the page, which its policy refuses.
            till.page().evaluate("() => {" + script() + "}");
            List<String> numbers = new ArrayList<>();
            for (Invoice invoice : invoices) {
                String deed = invoice.back ? "items => cashier.giveBack(items)" : "items => cashier.sell(items)";
                numbers.add((String) till.page().evaluate(deed, keys(invoice.items, catalogue)));
            }
            till.hasUnsent(0);
            assertThat(numbers).doesNotHaveDuplicates();
            print(till);
        }

        JsonNode after = totals();
        assertThat(after.path("count").asInt() - before.path("count").asInt()).isEqualTo(count(invoices, false));
        assertThat(after.path("returnsCount").asInt()
                        - before.path("returnsCount").asInt())
                .isEqualTo(count(invoices, true));
        assertThat(difference("gross", before, after)).isEqualByComparingTo(gross);
        assertThat(difference("returns", before, after)).isEqualByComparingTo(returns);
        assertThat(difference("net", before, after)).isEqualByComparingTo(gross.subtract(returns));
        assertThat(difference("cash", before, after)).isEqualByComparingTo(gross.subtract(returns));
        if (Integer.getInteger("pos.test.invoices") == null) {
            assertThat(count(invoices, false)).isEqualTo(WEEK_SALES);
            assertThat(count(invoices, true)).isEqualTo(WEEK_RETURNS);
            assertThat(gross).isEqualByComparingTo(expected("gross"));
            assertThat(returns.negate()).isEqualByComparingTo(expected("cancelled"));
        }
    }

    private static int count(List<Invoice> invoices, boolean back) {
        return (int) invoices.stream().filter(invoice -> invoice.back == back).count();
    }

    private static BigDecimal sum(List<Invoice> invoices, boolean back) {
        return invoices.stream()
                .filter(invoice -> invoice.back == back)
                .map(Invoice::sum)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void print(TillWindow till) {
        @SuppressWarnings("unchecked")
        Map<String, List<Number>> times =
                (Map<String, List<Number>>) till.page().evaluate("() => cashier.times()");
        System.out.printf(
                Locale.ROOT,
                "scan to line p95 %.1f ms (%d scans), finish p95 %.1f ms (%d sales)%n",
                p95(times.get("scans")),
                times.get("scans").size(),
                p95(times.get("finishes")),
                times.get("finishes").size());
    }

    private static double p95(List<Number> times) {
        double[] sorted =
                times.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return DoubleStream.of(sorted)
                .skip((long) (sorted.length * 0.95))
                .findFirst()
                .orElseThrow();
    }

    /** Those with another price than the catalogue's come first: a scan never finds a line that it would raise. */
    private static List<Map<String, Object>> keys(List<Item> sale, Map<String, Goods> catalogue) {
        return Stream.of(false, true)
                .flatMap(usual -> sale.stream().filter(item -> isUsual(item, catalogue) == usual))
                .map(item -> keys(item, catalogue))
                .toList();
    }

    private static Map<String, Object> keys(Item item, Map<String, Goods> catalogue) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("code", catalogue.get(item.product).barcode);
        keys.put("product", item.product);
        keys.put("quantity", item.quantity.stripTrailingZeros().toPlainString());
        if (!isUsual(item, catalogue)) {
            keys.put("price", item.price.toPlainString());
        }
        return keys;
    }

    private static boolean isUsual(Item item, Map<String, Goods> catalogue) {
        return item.price.compareTo(catalogue.get(item.product).price) == 0;
    }

    private static BigDecimal difference(String sum, JsonNode before, JsonNode after) {
        return new BigDecimal(after.path(sum).asText())
                .subtract(new BigDecimal(before.path(sum).asText()));
    }

    /** By a login of its own: the week takes longer than a token lasts. */
    private JsonNode totals() {
        Api.Answer answer =
                api.get("/api/totals", api.loggedIn(SHOP, TillWindow.MANAGER).token());
        assertThat(answer.status()).as(answer::body).isEqualTo(200);
        return answer.json();
    }

    private void send(Map<String, Goods> catalogue) {
        List<Map<String, Object>> rows = new ArrayList<>();
        catalogue.forEach((code, goods) -> rows.add(Map.of(
                "id",
                code,
                "version",
                VERSION,
                "name",
                "Tovar " + code,
                "article",
                code,
                "unit",
                "dona",
                "currency",
                "GBP",
                "barcodes",
                List.of(goods.barcode),
                "prices",
                List.of(Map.of(
                        "priceType", "chakana",
                        "price", goods.price.toPlainString(),
                        "currency", "GBP")),
                "stock",
                List.of())));
        String token = api.backOffice(SHOP);
        for (int from = 0; from < rows.size(); from += PRODUCTS_AT_ONCE) {
            Api.Answer answer = api.post(
                    "/api/product-updates", token, rows.subList(from, Math.min(rows.size(), from + PRODUCTS_AT_ONCE)));
            assertThat(answer.json().path("rejectedCount").asInt(-1))
                    .as(answer::body)
                    .isZero();
        }
    }

    /** Barcodes are made up: the file has none. */
    private static Map<String, Goods> catalogue() {
        Map<String, Goods> catalogue = new LinkedHashMap<>();
        for (String row : rows("products.csv")) {
            String code = row.substring(0, row.indexOf(','));
            String[] end = row.split(",", -1);
            String barcode = "47800" + String.format(Locale.ROOT, "%08d", catalogue.size());
            catalogue.put(code, new Goods(barcode, new BigDecimal(end[end.length - 2])));
        }
        return catalogue;
    }

    /** Write-offs are neither sales nor returns; what stands on several lines at one price is scanned once. */
    private static List<Invoice> invoices() {
        Map<String, Map<String, Item>> invoices = new LinkedHashMap<>();
        for (String row : rows("sales-week.csv")) {
            String[] cells = row.split(",", -1);
            BigDecimal quantity = new BigDecimal(cells[2]);
            if (quantity.signum() > 0 || isCancellation(cells[0])) {
                Item item = new Item(cells[1], quantity.abs(), new BigDecimal(cells[3]));
                invoices.computeIfAbsent(cells[0], number -> new LinkedHashMap<>())
                        .merge(
                                cells[1] + " " + item.price.stripTrailingZeros(),
                                item,
                                (one, more) -> new Item(one.product, one.quantity.add(more.quantity), one.price));
            }
        }
        return invoices.entrySet().stream()
                .map(invoice -> new Invoice(
                        isCancellation(invoice.getKey()),
                        List.copyOf(invoice.getValue().values())))
                .limit(Integer.getInteger("pos.test.invoices", Integer.MAX_VALUE))
                .toList();
    }

    private static boolean isCancellation(String number) {
        return number.startsWith("C");
    }

    private static BigDecimal expected(String sum) {
        try {
            BigDecimal total = BigDecimal.ZERO;
            JsonNode days = new ObjectMapper()
                    .readTree(DATA.resolve("totals-sales-week.json").toFile())
                    .path("days");
            for (JsonNode day : days) {
                total = total.add(new BigDecimal(day.path(sum).asText()));
            }
            return total;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> rows(String file) {
        try {
            return Files.readAllLines(DATA.resolve(file)).stream().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script() {
        try (var script = WeekAtTheTillTest.class.getResourceAsStream("cashier.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
