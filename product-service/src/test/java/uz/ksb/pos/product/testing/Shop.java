package uz.ksb.pos.product.testing;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

/** An enterprise of its own for one test: the sample's reference data, no products. */
public final class Shop {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBERS = new AtomicInteger(20_000_000);
    private static final Map<String, List<String>> REFERENCES = Map.of(
            "units", List.of("dona", "kg", "litr"),
            "price-types", List.of("chakana", "ulgurji"),
            "warehouses", List.of("asosiy", "ombor-2"));

    private final String ksbId;

    private Shop(String ksbId) {
        this.ksbId = ksbId;
    }

    public static Shop open() throws SQLException {
        Shop shop = new Shop(Integer.toString(NUMBERS.incrementAndGet()));
        try (Connection database = TestInfrastructure.database();
                PreparedStatement insert = database.prepareStatement(
                        "insert into reference_items values (?, ?, ?, 0, ?, null, null, false, false)")) {
            for (Map.Entry<String, List<String>> kind : REFERENCES.entrySet()) {
                for (String id : kind.getValue()) {
                    insert.setString(1, shop.ksbId);
                    insert.setString(2, kind.getKey());
                    insert.setString(3, id);
                    insert.setString(4, id);
                    insert.executeUpdate();
                }
            }
        }
        return shop;
    }

    public String ksbId() {
        return ksbId;
    }

    public String token(Role role) {
        return Tokens.of(ksbId, role).sign();
    }

    public RequestSpecification as(Role role) {
        return given().config(RestAssuredConfig.config()
                        .decoderConfig(DecoderConfig.decoderConfig().defaultContentCharset("UTF-8")))
                .auth()
                .oauth2(token(role));
    }

    /** A valid row. */
    public static String row(String id, long version, String name, String price) {
        return """
                {"id":"%s","version":%d,"name":"%s","unit":"dona","currency":"UZS","barcodes":["B%s"],\
                "prices":[{"priceType":"chakana","price":"%s"}],"stock":[{"warehouse":"asosiy","quantity":"5"}]}""".formatted(id, version, name, id, price);
    }

    public JsonNode push(String... rows) {
        return tree(pushing("application/json", "[" + String.join(",", rows) + "]")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    public JsonNode pushLines(String body) {
        return tree(pushing("application/x-ndjson", body)
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    public Response pushing(String contentType, String body) {
        return as(Role.BACK_OFFICE)
                .header("Content-Type", contentType)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/product-updates");
    }

    public JsonNode get(String path) {
        return tree(as(Role.CASHIER).get(path).then().statusCode(200).extract().asString());
    }

    public List<JsonNode> feed(long after) {
        List<JsonNode> items = new ArrayList<>();
        get("/api/products/changes?after=" + after).get("items").forEach(items::add);
        return items;
    }

    /** The data of the shop's published events of one topic. */
    public List<JsonNode> events(String topic) {
        return TopicReader.all(topic, published -> published.key().equals(ksbId)).stream()
                .map(published -> tree(published.data()))
                .toList();
    }

    public List<JsonNode> productEvents() {
        return events(Topics.PRODUCTS);
    }

    public static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    public static List<String> texts(Iterable<JsonNode> nodes, String field) {
        List<String> texts = new ArrayList<>();
        nodes.forEach(node -> texts.add(node.get(field).asText()));
        return texts;
    }
}
