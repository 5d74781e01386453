package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
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
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Eventually;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.sales.catalogue.CatalogueFixture;

@QuarkusTest
@QuarkusTestResource(SalesBackOffice.class)
class DeliveryTest {
    private static final AtomicInteger NEXT = new AtomicInteger(30_000_000);
    private static final int FIRST_SLOW = 30_000_070;
    private static final int FIRST_SILENT = 30_000_101;
    /** More than have turns at a time. */
    private static final int MANY = DeliveryWorker.MAX_TURNS + 50;

    private static final Map<String, Object> DOWN = Map.of("errorRate", 1);
    /** For longer than a test takes. */
    private static final Map<String, Object> SILENT = Map.of("latencyMs", 300_000);

    private static final String AT = "2026-11-01T10:00:00+05:00";
    private static final String MARK = "0104607112350017215abc\u001D93dGVz";

    private final String ksbId = Integer.toString(NEXT.incrementAndGet());
    private final SimulatedBackOffice office = new SimulatedBackOffice(ksbId);

    @Test
    void aSaleGoesOnAsSoonAsItIsThere() {
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        assertThat(office.document(id).getString("payments[0].sum")).isEqualTo("30000.0");
        assertThat(totals(ksbId, null).getInt("notDelivered")).isZero();
        eventually(() -> assertThat(TopicReader.all(Topics.SALES, event -> id.toString()
                        .equals(event.event().subject())))
                .extracting(event -> event.event().type())
                .containsExactly("sale.opened", "sale.completed", "sale.delivered"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lostAnswerRate", "htmlRate", "halfAnswerRate", "missingRowRate"})
    void anUnclearAnswerIsSentAgainAndMakesOneDocument(String fault) {
        office.misbehave("create_sales", Map.of(fault, 1, "times", 1));
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        assertThat(office.documents()).containsExactly(id.toString());
        assertThat(office.requests("create_sales")).hasSize(2);
    }

    @Test
    void aDocumentThatIsAlreadyThereIsDelivered() {
        office.misbehave("create_sales", Map.of("lostAnswerRate", 1, "times", 1, "refuseRepeated", true));
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, false));
        assertThat(office.documents()).containsExactly(id.toString());
    }

    @Test
    void anUnknownStatusIsNoAnswer() {
        UUID id = anId();
        String busy = "{\"answer\":[{\"status\":\"busy\",\"document\":\"" + id + "\"}]}";
        office.misbehave("create_sales", Map.of("status", 200, "body", busy, "times", 1));
        batch(ksbId, List.of(aFinishedSale(id, AT))).statusCode(200);
        eventually(() -> assertDelivered(id, true));
        assertThat(office.requests("create_sales")).hasSize(2);
    }

    @Test
    void oneLostAnswerHoldsUpNoOtherSale() {
        office.misbehave("create_sales", Map.of("lostAnswerRate", 1, "times", 1));
        List<UUID> ids = IntStream.range(0, 6).mapToObj(i -> anId()).toList();

        batch(
                        ksbId,
                        ids.stream()
                                .map(id -> aFinishedSale(id, "2026-11-02T10:00:00+05:00"))
                                .toList())
                .statusCode(200);

        eventually(() ->
                assertThat(totals(ksbId, "2026-11-02").getInt("notDelivered")).isZero());
        assertThat(office.documents()).hasSize(6);
    }

    @Test
    void acceptedButNotProcessedIsDeliveredAndNotPosted() {
        office.misbehave("create_sales", Map.of("unprocessedRate", 1));
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, false));
    }

    @Test
    void aRefusedSaleWaitsForAPerson() {
        office.misbehave("create_sales", Map.of("refuseRate", 1));
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertThat(sale(id).getString("deliveryStatus")).isEqualTo("REJECTED"));
        assertThat(sale(id).getString("delivery.lastError")).isEqualTo("Документ не принят: недостаточно прав");
        assertThat(totals(ksbId, null).getInt("rejected")).isEqualTo(1);
        assertThat(totals(ksbId, null).getInt("notDelivered")).isZero();
        SimulatedBackOffice.worksAgain();
        as(ksbId, Role.CASHIER).post("/api/sales/" + id + "/delivery").then().statusCode(202);
        eventually(() -> assertDelivered(id, true));
        assertThat(totals(ksbId, null).getInt("rejected")).isZero();
    }

    @Test
    void aReturningBackOfficeGetsTheOldestSalesFirst() {
        office.misbehave(DOWN);
        List<UUID> ids = IntStream.range(0, 10).mapToObj(i -> anId()).toList();
        for (int i = 9; i >= 0; i--) {
            batch(ksbId, List.of(aFinishedSale(ids.get(i), "2026-11-01T10:00:0" + i + "+05:00")))
                    .statusCode(200);
        }
        eventually(() -> assertThat(ids).anySatisfy(id -> assertThat(sale(id).getInt("delivery.attempts"))
                .isPositive()));
        assertThat(totals(ksbId, "2026-11-01").getInt("notDelivered")).isEqualTo(10);
        // While it is away it is only asked whether it is there: no further sale is tried in vain.
        eventually(() -> assertThat(office.requests("ping")).hasSizeGreaterThan(3));
        assertThat(office.requests("create_sales")).hasSize(3);
        SimulatedBackOffice.worksAgain();
        eventually(() ->
                assertThat(totals(ksbId, "2026-11-01").getInt("notDelivered")).isZero());
        assertThat(office.documents())
                .isEqualTo(ids.stream().map(UUID::toString).toList());
    }

    @Test
    void aNextAttemptFarAheadIsIgnored() throws Exception {
        office.misbehave(DOWN);
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertThat(office.requests("ping")).isNotEmpty());
        SimulatedBackOffice.worksAgain();
        execute("update sales set next_attempt_at = now() + interval '1 year' where id = '" + id + "'");
        execute("update delivery_leases set owner = 'another', until = now() + interval '1 year',"
                + " probe_at = now() + interval '1 year' where ksb_id = '" + ksbId + "'");
        eventually(() -> assertDelivered(id, true));
    }

    @Test
    void aHeldSaleWaitsForAPerson() throws Exception {
        office.misbehave(DOWN);
        UUID held = aCompletedSale(ksbId);
        execute("update sales set held = 'return' where id = '" + held + "'");
        SimulatedBackOffice.worksAgain();
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
            new SimulatedBackOffice(slow).misbehave("create_sales", Map.of("latencyMs", 25_000));
            batch(slow, List.of(aFinishedSale(anId(), AT))).statusCode(200);
        }
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        assertThat(new SimulatedBackOffice(Integer.toString(FIRST_SLOW)).documents())
                .isEmpty();
    }

    /** All of them fall silent at one moment, with sales that wait: each holds a place for a second, so it takes ten. */
    @Test
    void silentBackOfficesInAnyNumberHoldUpNoOther() throws Exception {
        UUID first = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(first, true));
        for (int i = 0; i < MANY; i++) {
            new SimulatedBackOffice(Integer.toString(FIRST_SILENT + i)).misbehave("create_sales", SILENT);
        }
        TestInfrastructure.execute(
                "create temp table silent as select s.*, n from sales s, generate_series(0, " + (MANY - 1)
                        + ") n where s.id = '" + first + "'",
                "update silent set ksb_id = (" + FIRST_SILENT
                        + " + n)::text, id = gen_random_uuid(), delivery_status = 'NOT_DELIVERED'",
                "alter table silent drop column n",
                "insert into sales select * from silent");
        UUID id = aCompletedSale(ksbId);

        Eventually.within(Duration.ofSeconds(30), () -> assertDelivered(id, true));

        for (int i = 0; i < MANY; i++) {
            assertThat(new SimulatedBackOffice(Integer.toString(FIRST_SILENT + i)).documents())
                    .isEmpty();
        }
        execute("delete from sales where ksb_id between '%d' and '%d'".formatted(FIRST_SILENT, FIRST_SILENT + MANY));
    }

    @Test
    void anEnterpriseBehindManyOthersComesToItsTurn() throws Exception {
        UUID id = aCompletedSale(ksbId);
        eventually(() -> assertDelivered(id, true));
        // None of them has a back office, and nobody tells this process of the sale that waits now.
        TestInfrastructure.execute(
                "create temp table others as select s.*, n from sales s, generate_series(1, " + 3 * MANY
                        + ") n where s.id = '" + id + "'",
                "update others set ksb_id = (20000000 + n)::text, id = gen_random_uuid(), delivery_status = 'NOT_DELIVERED'",
                "alter table others drop column n",
                "insert into sales select * from others",
                "update sales set delivery_status = 'NOT_DELIVERED', next_attempt_at = null where id = '" + id + "'");

        eventually(() -> assertDelivered(id, true));

        assertThat(office.requests("create_sales")).hasSize(2);
        execute("delete from sales where ksb_id between '20000001' and '20009999'");
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
        assertThat(office.document(id).getList("payments.sum", Float.class)).containsExactly(10000f, 20000f);
        assertThat(office.document(back).getList("payments.sum", Float.class)).containsExactly(-30000f);
        assertThat(office.document(back).getList("products.quantity", Float.class))
                .containsExactly(-2f, -2f);
    }

    @Test
    void theBackOfficeLearnsWhatTheLawWantsAndWhoApproved() {
        new CatalogueFixture(ksbId).given("""
                {"id": "p1", "version": 1, "changeVersion": 1, "currency": "UZS", "name": "P",
                 "prices": [{"priceType": "chakana", "price": "10000"}], "stock": [],
                 "mxik": "02202002001000000", "packageCode": "1500000", "vatRate": "12",
                 "archived": false, "deleted": false}""");
        UUID id = anId();
        Map<String, Object> line = aLine("p1", "9000", "1");
        line.put("marks", List.of(MARK));
        Map<String, Object> card = aPayment("CARD", "14000");
        card.put("method", "qr");
        card.put("reference", "RRN-1");
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.put("lines", List.of(line, aLine("p2", "5000", "1")));
        sale.put("payments", List.of(card));
        sale.put(
                "fiscal", Map.of("terminalId", "UZ21", "sequence", "118", "sign", "7301", "qr", "https://ofd.example"));
        sale.put(
                "approval",
                Tokens.of(ksbId, Role.MANAGER)
                        .with("aud", Claims.APPROVAL_AUDIENCE)
                        .with(Claims.SALE_ID, id.toString())
                        .sign());
        batch(ksbId, List.of(sale)).statusCode(200);
        eventually(() -> assertDelivered(id, true));

        assertSent(id);
        assertThat(office.document(id).getString("details[0].approved_by")).isEqualTo("manager");

        UUID back = anId();
        as(ksbId, Role.CASHIER)
                .body(Map.of(
                        "id",
                        back,
                        "lines",
                        List.of(Map.of("lineId", "l-p1", "quantity", "1", "marks", List.of(MARK)))))
                .post("/api/sales/" + id + "/returns")
                .then()
                .statusCode(200)
                .body("lines[0].mxik", equalTo("02202002001000000"));
        eventually(() -> assertDelivered(back, true));
        assertThat(office.document(back).getString("products[0].mxik")).isEqualTo("02202002001000000");
        assertThat(office.document(back).getList("products[0].marks")).containsExactly(MARK);
    }

    private void assertSent(UUID id) {
        JsonPath sent = office.document(id);
        assertThat(sent.getString("details[0].fiscal.sign")).isEqualTo("7301");
        assertThat(sent.getList("products[0].marks")).containsExactly(MARK);
        assertThat(sent.getString("products[0].mxik")).isEqualTo("02202002001000000");
        assertThat(sent.getString("products[0].package_code")).isEqualTo("1500000");
        assertThat(sent.getFloat("products[0].vat_rate")).isEqualTo(12f);
        assertThat(sent.getMap("products[1]")).doesNotContainKeys("marks", "mxik", "package_code", "vat_rate");
        assertThat(sent.getString("payments[0].method")).isEqualTo("qr");
        assertThat(sent.getString("payments[0].reference")).isEqualTo("RRN-1");
    }

    @Test
    void returnsAreHeldForManualEntry() {
        String holding = SalesBackOffice.TAKES_NO_RETURNS;
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
        assertThat(new SimulatedBackOffice(holding).documents())
                .containsExactlyInAnyOrder(sold.toString(), next.toString());
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
        assertThat(office.document(id).getList("client_details"))
                .isEqualTo(List.of(
                        Map.of("id", customer.toString(), "name", "Anvar", "phone", "+998901234567", "address", "")));
        assertThat(office.document(without).getList("client_details")).isEmpty();
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
}
