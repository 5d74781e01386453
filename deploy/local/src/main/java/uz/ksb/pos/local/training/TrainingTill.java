package uz.ksb.pos.local.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;
import uz.ksb.pos.till.TillSale;

/** One till of the training day: sells line by line, gives back, reads, searches, and hears what the others do. */
final class TrainingTill {
    private static final String CURRENCY = "UZS";
    private static final String PRICE_TYPE = "chakana";
    private static final String CASH_DESK = "naqd";
    private static final int MAX_LINES = 6;
    private static final int OFFLINE_SALES = 20;
    private static final String[] SEARCHES = {"shakar", "сут", "non", "choy k", "47800", "oq"};
    private static final String[] READ = {
        "/api/totals",
        "/api/charts/sales?period=week",
        "/api/sales?limit=50",
        "/api/sales?delivery=NOT_DELIVERED&limit=20",
        "/api/customers?limit=50",
        "/api/products/changes?after=0&limit=300",
        "/api/currency-rates",
        "/api/reference/units",
        "/api/users/me/settings",
        "/api/syncs/cooldown"
    };

    private final Api api;
    private final String ksbId;
    private final int livePort;
    private final String backOffice;
    private final List<JsonNode> products;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private Api.Login cashier;
    private int sequence;

    TrainingTill(Api api, String ksbId, int livePort, String backOffice, List<JsonNode> products) {
        this.api = api;
        this.ksbId = ksbId;
        this.livePort = livePort;
        this.backOffice = backOffice;
        this.products = products;
    }

    /** @return how many sales it finished, {@code most} or what it could until {@code end} */
    int work(int most, long end, int number) {
        cashier = api.loggedIn(ksbId, number % 2 == 0 ? "kassir" : "menejer");
        try (LiveTill live = new LiveTill(livePort, cashier.token(), "totals", "sales", "products", "rates")) {
            api.post("/api/syncs", cashier.token(), Map.of());
            int round = 0;
            while (sequence < most && System.nanoTime() < end) {
                sellOnline();
                read(round);
                if (++round % 10 == 0) {
                    sendOffline();
                    updateProducts();
                    live.heard().clear();
                }
            }
            return sequence;
        }
    }

    private void sellOnline() {
        String path = "/api/sales/" + UUID.randomUUID();
        List<Map<String, Object>> lines = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_LINES);
        JsonNode view = null;
        for (int revision = 0; revision < count; revision++) {
            lines.add(line());
            Map<String, Object> sale = open(lines);
            sale.put("revision", revision);
            view = required(api.put(path, cashier.token(), sale)).json();
        }
        required(api.post(path + "/completion", cashier.token(), TillSale.completion(view, CASH_DESK, ++sequence)));
        if (sequence % 7 == 0) {
            giveBack(path, lines.getFirst());
        }
    }

    private void giveBack(String path, Map<String, Object> line) {
        required(api.post(
                path + "/returns",
                cashier.token(),
                Map.of(
                        "id",
                        UUID.randomUUID().toString(),
                        "completedAt",
                        TillSale.now(),
                        "deviceSequence",
                        ++sequence,
                        "lines",
                        List.of(Map.of("lineId", line.get("lineId"), "quantity", line.get("quantity"))))));
    }

    private void sendOffline() {
        List<Map<String, Object>> batch =
                IntStream.range(0, OFFLINE_SALES).mapToObj(index -> finished()).toList();
        required(api.post("/api/sales/batch", cashier.token(), batch));
    }

    private Map<String, Object> finished() {
        Map<String, Object> line = line();
        BigDecimal total = new BigDecimal((String) line.get("price"))
                .multiply(new BigDecimal((String) line.get("quantity")))
                .setScale(2);
        Map<String, Object> sale = open(List.of(line));
        sale.putAll(Map.of(
                "id",
                UUID.randomUUID().toString(),
                "completedAt",
                TillSale.now(),
                "deviceSequence",
                ++sequence,
                "payments",
                List.of(TillSale.cash(total.toPlainString(), CURRENCY, CASH_DESK))));
        return sale;
    }

    private void read(int round) {
        required(api.get(READ[round % READ.length], cashier.token()));
        required(api.get(
                "/api/products?limit=20&search=" + encoded(SEARCHES[round % SEARCHES.length]), cashier.token()));
    }

    /** A row as the catalogue has it, but for its version. */
    private void updateProducts() {
        JsonNode product = anyProduct();
        required(api.post(
                "/api/product-updates",
                backOffice,
                List.of(Map.of(
                        "id",
                        product.path("id").asText(),
                        "version",
                        System.currentTimeMillis(),
                        "name",
                        product.path("name").asText(),
                        "unit",
                        product.path("unit").asText(),
                        "currency",
                        CURRENCY,
                        "prices",
                        product.path("prices"),
                        "stock",
                        product.path("stock")))));
    }

    private Map<String, Object> open(List<Map<String, Object>> lines) {
        return new HashMap<>(
                Map.of("currency", CURRENCY, "priceType", PRICE_TYPE, "warehouse", "asosiy", "lines", lines));
    }

    private Map<String, Object> line() {
        JsonNode product = anyProduct();
        return TillSale.line(
                product.path("id").asText(),
                product.path("name").asText(),
                product.path("unit").asText(),
                product.path("prices").path(0).path("price").asText(),
                Integer.toString(1 + random.nextInt(3)));
    }

    private JsonNode anyProduct() {
        return products.get(random.nextInt(products.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Api.Answer required(Api.Answer answer) {
        if (!answer.isSuccess()) {
            throw new IllegalStateException(answer.reason());
        }
        return answer;
    }
}
