package uz.ksb.pos.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;

/** Sales as tills send them, and the calls that send them. */
public final class SaleFixture {
    private static final AtomicInteger ENTERPRISES = new AtomicInteger(20_000_000);

    private SaleFixture() {}

    /** An enterprise that no other test has. */
    public static String anEnterprise() {
        return Integer.toString(ENTERPRISES.incrementAndGet());
    }

    public static UUID anId() {
        return uz.ksb.pos.platform.event.Ids.next();
    }

    public static Map<String, Object> aLine(String product, String price, String quantity) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("lineId", "l-" + product);
        line.put("productId", product);
        line.put("name", "Product " + product);
        line.put("unit", "dona");
        line.put("price", price);
        line.put("quantity", quantity);
        return line;
    }

    /** Two lines, 30 000.00 together. */
    public static Map<String, Object> aSale(UUID id) {
        Map<String, Object> sale = new LinkedHashMap<>();
        sale.put("id", id);
        sale.put("currency", "UZS");
        sale.put("lines", new ArrayList<>(List.of(aLine("p1", "10000", "2"), aLine("p2", "5000", "2"))));
        return sale;
    }

    public static Map<String, Object> aPayment(String kind, String amount) {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("kind", kind);
        payment.put("amount", amount);
        payment.put("currency", "UZS");
        return payment;
    }

    /** Paid in cash, exactly. */
    public static Map<String, Object> aFinishedSale(UUID id, String completedAt) {
        Map<String, Object> sale = aSale(id);
        sale.put("completedAt", completedAt);
        sale.put("payments", new ArrayList<>(List.of(aPayment("CASH", "30000"))));
        return sale;
    }

    /** @param number the till's number of it */
    public static Map<String, Object> aFinishedSale(UUID id, String completedAt, long number) {
        Map<String, Object> sale = aFinishedSale(id, completedAt);
        sale.put("deviceSequence", number);
        return sale;
    }

    public static Map<String, Object> aCompletion(int revision, String total, List<Map<String, Object>> payments) {
        Map<String, Object> completion = new LinkedHashMap<>();
        completion.put("revision", revision);
        completion.put("total", total);
        completion.put("payments", payments);
        return completion;
    }

    public static RequestSpecification as(String ksbId, Role role) {
        return with(Tokens.of(ksbId, role).sign());
    }

    public static RequestSpecification with(String token) {
        return RestAssured.given().auth().oauth2(token).contentType("application/json");
    }

    public static ValidatableResponse put(String ksbId, Map<String, Object> sale) {
        return as(ksbId, Role.CASHIER)
                .body(sale)
                .put("/api/sales/" + sale.get("id"))
                .then();
    }

    public static ValidatableResponse complete(String ksbId, UUID id, Map<String, Object> completion) {
        return as(ksbId, Role.CASHIER)
                .body(completion)
                .post("/api/sales/" + id + "/completion")
                .then();
    }

    public static ValidatableResponse batch(String ksbId, Object sales) {
        return as(ksbId, Role.CASHIER).body(sales).post("/api/sales/batch").then();
    }

    /** The house's rate of a currency, valid for long. */
    public static void aRate(String ksbId, String currency, String rate) {
        run("insert into currency_rates (ksb_id, currency, version, rate, valid_from) values ('" + ksbId + "', '"
                + currency + "', 1, " + rate + ", '2000-01-01T00:00:00Z')");
    }

    /** The events of settings-service about the till that tokens of this enterprise name. */
    public static void aTill(String ksbId, String status) {
        run("insert into devices (ksb_id, device_id, code, status, version) values ('" + ksbId + "', '"
                + Tokens.deviceOf(ksbId) + "', '1', '" + status + "', 1) on conflict (ksb_id, device_id) do update set"
                + " status = excluded.status");
    }

    private static void run(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sale that was opened and paid online. */
    public static UUID aCompletedSale(String ksbId) {
        UUID id = anId();
        put(ksbId, aSale(id)).statusCode(200);
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("CASH", "30000"))))
                .statusCode(200);
        return id;
    }

    public static io.restassured.path.json.JsonPath totals(String ksbId, String date) {
        return as(ksbId, Role.MANAGER)
                .get("/api/totals" + (date == null ? "" : "?date=" + date))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static BigDecimal decimal(io.restassured.path.json.JsonPath json, String path) {
        return new BigDecimal(json.getString(path));
    }

    /** Waits until Kafka has all events of this moment, in whatever topic. */
    public static void allIsPublished() {
        eventually(() -> assertThat(query("select count(*) from outbox")).isEqualTo(0L));
    }

    /** The first column of the first row. */
    public static Object query(String sql) throws SQLException {
        return TestInfrastructure.query(sql);
    }

    public static void execute(String sql) throws SQLException {
        TestInfrastructure.execute(sql);
    }
}
