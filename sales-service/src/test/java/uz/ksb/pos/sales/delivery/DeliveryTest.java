package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.totals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
@QuarkusTestResource(FakeBackOffice.class)
class DeliveryTest {
    private static final AtomicInteger NEXT = new AtomicInteger(30_000_000);
    private static final int FIRST_SLOW = 30_000_070;
    private static final String AT = "2026-11-01T10:00:00+05:00";

    private final String ksbId = Integer.toString(NEXT.incrementAndGet());

    @Test
    void aSaleGoesOnAsSoonAsItIsThere() {
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        assertThat(documents().getString("documents.'" + id + "'.payments[0].sum"))
                .isEqualTo("30000.0");
        assertThat(totals(ksbId, null).getInt("notDelivered")).isZero();
        eventually(() -> assertThat(TopicReader.all(Topics.SALES, event -> id.toString()
                        .equals(event.event().subject())))
                .extracting(event -> event.event().type())
                .containsExactly("sale.opened", "sale.completed", "sale.delivered"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "html", "half", "already", "unclear"})
    void anUnclearAnswerIsSentAgainAndMakesOneDocument(String fault) {
        mode(fault);
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        assertThat(documents().getMap("documents")).containsOnlyKeys(id.toString());
        assertThat(documents().getList("calls")).hasSize(2);
    }

    @Test
    void oneLostAnswerHoldsUpNoOtherSale() {
        mode("lost");
        List<UUID> ids = IntStream.range(0, 6).mapToObj(i -> anId()).toList();

        batch(
                        ksbId,
                        ids.stream()
                                .map(id -> aFinishedSale(id, "2026-11-02T10:00:00+05:00"))
                                .toList())
                .statusCode(200);

        eventually(() ->
                assertThat(totals(ksbId, "2026-11-02").getInt("notDelivered")).isZero());
        assertThat(documents().getMap("documents")).hasSize(6);
    }

    @Test
    void acceptedButNotProcessedIsDeliveredAndNotPosted() {
        mode("unprocessed");
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, false));
    }

    @Test
    void aRefusedSaleWaitsForAPerson() {
        mode("refuse");
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertThat(sale(id).getString("deliveryStatus")).isEqualTo("REJECTED"));
        assertThat(sale(id).getString("delivery.lastError")).isEqualTo("Товар не найден");
        assertThat(totals(ksbId, null).getInt("rejected")).isEqualTo(1);
        assertThat(totals(ksbId, null).getInt("notDelivered")).isZero();
        mode("well");
        as(ksbId, Role.CASHIER).post("/api/sales/" + id + "/delivery").then().statusCode(202);
        eventually(() -> assertDelivered(id, true));
        assertThat(totals(ksbId, null).getInt("rejected")).isZero();
    }

    @Test
    void aReturningBackOfficeGetsTheOldestSalesFirst() {
        mode("down");
        List<UUID> ids = IntStream.range(0, 10).mapToObj(i -> anId()).toList();
        for (int i = 9; i >= 0; i--) {
            batch(ksbId, List.of(aFinishedSale(ids.get(i), "2026-11-01T10:00:0" + i + "+05:00")))
                    .statusCode(200);
        }
        eventually(() -> assertThat(ids).anySatisfy(id -> assertThat(sale(id).getInt("delivery.attempts"))
                .isPositive()));
        assertThat(totals(ksbId, "2026-11-01").getInt("notDelivered")).isEqualTo(10);
        // While it is away it is only asked whether it is there: no further sale is tried in vain.
        eventually(() -> assertThat(documents().getInt("pings")).isGreaterThan(3));
        assertThat(documents().getInt("refused")).isEqualTo(3);
        mode("well");
        eventually(() ->
                assertThat(totals(ksbId, "2026-11-01").getInt("notDelivered")).isZero());
        assertThat(documents().getList("calls"))
                .isEqualTo(ids.stream().map(UUID::toString).toList());
    }

    @Test
    void aNextAttemptFarAheadIsIgnored() throws Exception {
        mode("down");
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertThat(documents().getInt("pings")).isPositive());
        mode("well");
        execute("update sales set next_attempt_at = now() + interval '1 year' where id = '" + id + "'");
        execute("update delivery_leases set owner = 'another', until = now() + interval '1 year',"
                + " probe_at = now() + interval '1 year' where ksb_id = '" + ksbId + "'");
        eventually(() -> assertDelivered(id, true));
    }

    @Test
    void aHeldSaleWaitsForAPerson() throws Exception {
        mode("down");
        UUID held = aCompletedSale(ksbId);
        execute("update sales set held = 'return' where id = '" + held + "'");
        mode("well");
        UUID other = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(other, true));
        assertThat(sale(held).getString("deliveryStatus")).isEqualTo("NOT_DELIVERED");
        execute("update sales set held = null where id = '" + held + "'");
        eventually(() -> assertDelivered(held, true));
    }

    @Test
    void slowBackOfficesHoldUpNoOther() {
        for (int i = 0; i < 20; i++) {
            String slow = Integer.toString(FIRST_SLOW + i);
            mode(slow, "slow");
            batch(slow, List.of(aFinishedSale(anId(), AT))).statusCode(200);
        }
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        assertThat(documents(Integer.toString(FIRST_SLOW)).getList("sizes")).isEmpty();
    }

    @Test
    void aReturnIsSentAsASaleBelowZeroAndChangeIsTakenFromTheCash() {
        UUID id = anId();
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.put("payments", List.of(aPayment("CARD", "10000"), aPayment("CASH", "50000")));
        UUID back = anId();
        Map<String, Object> other = aFinishedSale(back, AT);
        other.put("kind", "RETURN");
        as(ksbId, Role.MANAGER)
                .body(List.of(sale, other))
                .post("/api/sales/batch")
                .then()
                .statusCode(200);
        eventually(() -> assertDelivered(back, true));
        eventually(() -> assertDelivered(id, true));
        JsonPath documents = documents();
        assertThat(documents.getList("documents.'" + id + "'.payments.sum", Float.class))
                .containsExactly(10000f, 20000f);
        assertThat(documents.getList("documents.'" + back + "'.payments.sum", Float.class))
                .containsExactly(-30000f);
        assertThat(documents.getList("documents.'" + back + "'.products.quantity", Float.class))
                .containsExactly(-2f, -2f);
    }

    @Test
    void returnsAreHeldForManualEntry() {
        String holding = FakeBackOffice.TAKES_NO_RETURNS;
        UUID back = anId();
        UUID sold = anId();
        Map<String, Object> other = aFinishedSale(back, AT);
        other.put("kind", "RETURN");
        as(holding, Role.MANAGER)
                .body(List.of(other, aFinishedSale(sold, "2026-11-01T11:00:00+05:00")))
                .post("/api/sales/batch")
                .then()
                .statusCode(200);
        eventually(() -> as(holding, Role.CASHIER)
                .get("/api/sales/" + sold)
                .then()
                .body("deliveryStatus", equalTo("DELIVERED")));
        eventually(() -> as(holding, Role.CASHIER)
                .get("/api/sales/" + back)
                .then()
                .body("delivery.lastError", equalTo("to be entered there by hand")));
        // Not even when somebody presses the button.
        as(holding, Role.CASHIER)
                .post("/api/sales/" + back + "/delivery")
                .then()
                .statusCode(202);
        as(holding, Role.CASHIER)
                .post("/api/sales/deliveries")
                .then()
                .statusCode(202)
                .body("waiting", equalTo(1));
        UUID next = anId();
        batch(holding, List.of(aFinishedSale(next, AT))).statusCode(200);
        eventually(() -> as(holding, Role.CASHIER)
                .get("/api/sales/" + next)
                .then()
                .body("deliveryStatus", equalTo("DELIVERED")));
        as(holding, Role.CASHIER)
                .get("/api/sales?delivery=NOT_DELIVERED")
                .then()
                .body("items.id", contains(back.toString()))
                .body("items[0].delivery.attempts", equalTo(0));
        assertThat(documents(holding).getMap("documents")).containsOnlyKeys(sold.toString(), next.toString());
        eventually(() -> assertThat(TopicReader.all(Topics.SALES, event -> back.toString()
                        .equals(event.event().subject())))
                .extracting(event -> event.event().type())
                .containsExactly("sale.completed", "sale.updated"));
        as(holding, Role.MANAGER)
                .body(Map.of("reason", "entered by hand"))
                .post("/api/sales/" + back + "/delivery/closure")
                .then()
                .statusCode(200)
                .body("deliveryStatus", equalTo("CLOSED"));
    }

    @Test
    void aCustomerMadeAtATillIsToldOfWithTheSale() {
        UUID customer = anId();
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", customer, "name", "Anvar", "phone", "+998901234567"))
                .post("/api/customers")
                .then()
                .statusCode(201);
        UUID id = anId();
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.put("customerId", customer);
        UUID without = anId();

        batch(ksbId, List.of(sale, aFinishedSale(without, AT))).statusCode(200);

        eventually(() -> assertDelivered(id, true));
        eventually(() -> assertDelivered(without, true));
        assertThat(documents().getList("documents.'" + id + "'.client_details"))
                .isEqualTo(List.of(
                        Map.of("id", customer.toString(), "name", "Anvar", "phone", "+998901234567", "address", "")));
        assertThat(documents().getList("documents.'" + without + "'.client_details"))
                .isEmpty();
    }

    @Test
    void closingIsForManagersAndNeedsAReason() {
        String without = anEnterprise();
        UUID id = aCompletedSale(without);
        String address = "/api/sales/" + id + "/delivery/closure";
        as(without, Role.CASHIER)
                .body(Map.of("reason", "by hand"))
                .post(address)
                .then()
                .statusCode(403);
        as(anEnterprise(), Role.MANAGER)
                .body(Map.of("reason", "by hand"))
                .post(address)
                .then()
                .statusCode(404);
        as(anEnterprise(), Role.MANAGER)
                .post("/api/sales/" + id + "/delivery")
                .then()
                .statusCode(404);
        as(without, Role.MANAGER).body(Map.of()).post(address).then().statusCode(400);
        as(without, Role.MANAGER)
                .body(Map.of("reason", "by hand"))
                .post(address)
                .then()
                .statusCode(200)
                .body("deliveryStatus", equalTo("CLOSED"));
        as(without, Role.MANAGER).post("/api/sales/" + id + "/delivery").then().statusCode(409);
        assertThat(totals(without, null).getInt("notDelivered")).isZero();
        UUID open = anId();
        put(without, aSale(open)).statusCode(200);
        as(without, Role.MANAGER)
                .body(Map.of("reason", "x"))
                .post("/api/sales/" + open + "/delivery/closure")
                .then()
                .statusCode(409);
    }

    @Test
    void withoutABackOfficeSalesWaitQuietly() {
        String without = anEnterprise();
        UUID id = aCompletedSale(without);
        as(without, Role.CASHIER)
                .post("/api/sales/deliveries")
                .then()
                .statusCode(202)
                .body("waiting", equalTo(1));
        as(without, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .body("deliveryStatus", equalTo("NOT_DELIVERED"))
                .body("delivery.attempts", equalTo(0));
    }

    private void assertDelivered(UUID id, boolean posted) {
        JsonPath sale = sale(id);
        assertThat(sale.getString("deliveryStatus")).isEqualTo("DELIVERED");
        assertThat(sale.getBoolean("delivery.posted")).isEqualTo(posted);
    }

    private JsonPath sale(UUID id) {
        return as(ksbId, Role.CASHIER).get("/api/sales/" + id).then().extract().jsonPath();
    }

    private void mode(String mode) {
        mode(ksbId, mode);
    }

    private static void mode(String ksbId, String mode) {
        RestAssured.given()
                .get(System.getProperty(FakeBackOffice.ADDRESS) + "/_mode?ksb_id=" + ksbId + "&mode=" + mode)
                .then()
                .statusCode(200);
    }

    private JsonPath documents() {
        return documents(ksbId);
    }

    private static JsonPath documents(String ksbId) {
        return RestAssured.given()
                .get(System.getProperty(FakeBackOffice.ADDRESS) + "/_documents?ksb_id=" + ksbId)
                .then()
                .extract()
                .jsonPath();
    }
}
