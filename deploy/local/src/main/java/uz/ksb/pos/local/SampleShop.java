package uz.ksb.pos.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import uz.ksb.pos.simulator.shop.Grocery;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Products;
import uz.ksb.pos.till.Api;

/** The same 300 products that the back office's simulator has, loaded without it. */
public final class SampleShop {

    /** The products, as {@code POST /api/product-updates} takes them. */
    public JsonArray products() {
        Products products = new Grocery(Grocery.MIN_PRODUCTS, Grocery.DEFAULT_CUSTOMERS);
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
        Api api = new Api(origin, password);
        try {
            Api.Answer token = Api.exchange(api.tokenRequest(ksbId).build());
            if (token.status() != 200) {
                return Optional.of("no token for " + ksbId + "-backoffice (" + token.status() + ")");
            }
            String bearer = token.json().path("access_token").asText();
            return rejection(Api.exchange(api.request("/api/product-updates", bearer)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(products().encode()))
                    .build()));
        } catch (IOException | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private static Optional<String> rejection(Api.Answer answer) {
        if (answer.status() != 200) {
            return Optional.of("product-service answered " + answer.status());
        }
        JsonNode rejected = answer.json().path("rejected");
        return rejected.isEmpty()
                ? Optional.empty()
                : Optional.of(rejected.size() + " products rejected, the first: " + rejected.path(0));
    }
}
