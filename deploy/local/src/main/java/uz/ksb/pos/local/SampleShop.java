package uz.ksb.pos.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import uz.ksb.pos.simulator.shop.Grocery;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Products;

/** The same 300 products that the back office's simulator has, loaded without it. */
public final class SampleShop {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The products, as {@code POST /api/product-updates} takes them. */
    public JsonArray products() {
        Products products = new Grocery(Grocery.MIN_PRODUCTS);
        return new JsonArray(IntStream.range(0, products.size())
                .mapToObj(products::at)
                .map(SampleShop::row)
                .toList());
    }

    private static JsonObject row(Product product) {
        return new JsonObject()
                .put("id", product.id())
                .put("version", 1)
                .put("name", product.name())
                .put("article", product.article())
                .put("unit", product.unit())
                .put("currency", product.currency())
                .put("barcodes", new JsonArray(product.barcodes()))
                .put("boxQuantity", Integer.toString(product.box()))
                .put("prices", rows(product.prices(), (type, price) -> new JsonObject()
                        .put("priceType", type)
                        .put("price", price.setScale(2).toPlainString())
                        .put("currency", product.currency())))
                .put("stock", rows(product.stock(), (warehouse, quantity) -> new JsonObject()
                        .put("warehouse", warehouse)
                        .put("quantity", quantity.setScale(3).toPlainString())));
    }

    private static JsonArray rows(Map<String, BigDecimal> amounts, BiFunction<String, BigDecimal, JsonObject> row) {
        return new JsonArray(amounts.entrySet().stream()
                .map(amount -> row.apply(amount.getKey(), amount.getValue()))
                .toList());
    }

    /**
     * Sends the products as the enterprise's technical client; a repetition changes nothing.
     *
     * @return what went wrong, for people; empty when all is well
     */
    public Optional<String> loadThrough(String origin, String ksbId, String password) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> token = http.send(tokenRequest(origin, ksbId, password), BodyHandlers.ofString());
            if (token.statusCode() != 200) {
                return Optional.of("no token for " + ksbId + "-backoffice (" + token.statusCode() + ")");
            }
            String bearer = new JsonObject(token.body()).getString("access_token");
            HttpResponse<String> answer = http.send(updateRequest(origin, bearer), BodyHandlers.ofString());
            return rejection(answer);
        } catch (IOException | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private static Optional<String> rejection(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return Optional.of("product-service answered " + answer.statusCode());
        }
        JsonArray rejected = new JsonObject(answer.body()).getJsonArray("rejected", new JsonArray());
        return rejected.isEmpty()
                ? Optional.empty()
                : Optional.of(rejected.size() + " products rejected, the first: " + rejected.getValue(0));
    }

    private static HttpRequest tokenRequest(String origin, String ksbId, String password) {
        String form = "grant_type=client_credentials&client_id=" + ksbId + "-backoffice&client_secret="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(origin + "/api/auth/token"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private HttpRequest updateRequest(String origin, String bearer) {
        return HttpRequest.newBuilder(URI.create(origin + "/api/product-updates"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(products().encode()))
                .build();
    }
}
