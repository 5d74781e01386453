package uz.ksb.pos.sales.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.totals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.sales.delivery.SalesBackOffice;

/** One day, compared in three places: tills, server, back office. */
@QuarkusTest
@QuarkusTestResource(SalesBackOffice.class)
class ReconciliationApiTest {
    private static final String DAY = "2026-11-02";
    private static final AtomicInteger NEXT = new AtomicInteger(30_000_040);

    private final String ksbId = Integer.toString(NEXT.incrementAndGet());
    private final SimulatedBackOffice office = new SimulatedBackOffice(ksbId);

    @AfterEach
    void worksAgain() {
        SimulatedBackOffice.worksAgain();
    }

    @Test
    void aDayThatIsTheSameEverywhere() {
        aTill(ksbId, "APPROVED");
        brings(DAY, 1L, 2L, 3L);
        delivered();
        reconciliation(DAY)
                .body("differences", empty())
                .body("more", equalTo(false))
                .body("backOffice.told", equalTo(true))
                .body("backOffice.documents", equalTo(3))
                .body("tills", hasSize(1))
                .body("tills[0].code", equalTo("1"))
                .body("tills[0].first", equalTo(1))
                .body("tills[0].last", equalTo(3))
                .body("tills[0].taken", equalTo(3))
                .body("tills[0].sales.count", equalTo(3))
                .body("tills[0].delivered.count", equalTo(3))
                .body("tills[0].delivered.sum", equalTo("90000.00"))
                .body("total.net.sum", equalTo(totals(ksbId, DAY).getString("net")));
    }

    @Test
    void aSaleThatWasDeletedInTheBackOfficeIsNamedAndSentAgain() {
        List<UUID> ids = brought(DAY, 1L, 2L);
        delivered();
        office.delete(ids.getFirst());
        difference("absent", "repeat", "1-000001")
                .body("differences[0].id", equalTo(ids.getFirst().toString()));
        reconciliation(DAY).body("tills[0].absent", equalTo(1)).body("tills[0].delivered.count", equalTo(2));
        String repetition = "/api/sales/" + ids.getFirst() + "/delivery/repetition";
        as(ksbId, Role.CASHIER).post(repetition).then().statusCode(403);
        as(ksbId, Role.MANAGER).post(repetition).then().statusCode(202);
        delivered();
        reconciliation(DAY).body("differences", empty());
        assertThat(office.documents()).hasSize(2);
    }

    @Test
    void aNumberThatWasSkippedIsNamedOnItsDay() {
        brings(DAY, 1L, 2L, 5L);
        brings("2026-11-03", 8L);
        delivered();
        difference("missing", "find-or-settle", "1-000003")
                .body("differences[0].lastNumber", equalTo("1-000004"))
                .body("differences[0].count", equalTo(2))
                .body("tills[0].taken", equalTo(5))
                .body("tills[0].missing", equalTo(2));
        reconciliation("2026-11-03")
                .body("differences.number", contains("1-000006"))
                .body("differences[0].count", equalTo(2))
                .body("tills[0].first", equalTo(6));
    }

    @Test
    void aHeldSaleIsNamedAndCountsNowhere() {
        brings(DAY, 1L);
        aTill(ksbId, "BLOCKED");
        brings(DAY, 2L);
        aTill(ksbId, "APPROVED");
        delivered();
        difference("held", "decide", "1-000002")
                .body("differences[0].reason", equalTo("blocked-device"))
                .body("tills[0].held.count", equalTo(1))
                .body("tills[0].held.sum", equalTo("30000.00"))
                .body("total.net.sum", equalTo("30000.00"));
    }

    @Test
    void aNumberOfTwoSalesAndAConflictAreNamed() {
        List<UUID> ids = brought(DAY, 1L, 1L);
        Map<String, Object> other = aFinishedSale(ids.getFirst(), DAY + "T11:00:00+05:00", 1);
        batch(ksbId, List.of(other)).body("result", contains("conflict"));
        delivered();
        reconciliation(DAY)
                .body("differences.kind", contains("twice", "twice", "conflict"))
                .body("tills[0].twice", equalTo(2))
                .body("tills[0].conflicts", equalTo(1));
    }

    @Test
    void whatTheBackOfficeRefusedOrHasNotProcessedIsNamed() {
        office.misbehave("create_sales", Map.of("refuseRate", 1));
        brings(DAY, 1L);
        eventually(() -> reconciliation(DAY)
                .body("differences.kind", contains("rejected"))
                .body("differences[0].reason", containsString("недостаточно прав"))
                .body("tills[0].rejected.count", equalTo(1)));
        office.misbehave("create_sales", Map.of("unprocessedRate", 1));
        brings(DAY, 2L);
        eventually(() -> reconciliation(DAY)
                .body("differences.kind", contains("rejected", "unprocessed"))
                .body("tills[0].unprocessed", equalTo(1)));
    }

    @Test
    void aBackOfficeThatDoesNotAnswerIsSaidSo() {
        brings(DAY, 1L);
        delivered();
        office.answer("check_sales", "{\"documents\": 7}");
        reconciliation(DAY).body("backOffice.told", equalTo(false)).body("differences", empty());
        office.answer("check_sales", "<html>");
        reconciliation(DAY).body("backOffice.told", equalTo(false)).body("backOffice.reason", containsString("JSON"));
    }

    @Test
    void anEnterpriseWithoutABackOfficeCannotBeAsked() {
        String alone = anEnterprise();
        batch(alone, List.of(aFinishedSale(anId(), DAY + "T10:00:00+05:00"))).statusCode(200);
        as(alone, Role.MANAGER)
                .get("/api/reconciliation?date=" + DAY)
                .then()
                .statusCode(200)
                .body("backOffice.reason", equalTo("cannot-tell"))
                .body("differences.kind", contains("waiting"))
                .body("tills[0].waiting.sum", equalTo("30000.00"))
                .body("tills[0].first", nullValue());
    }

    @Test
    void unsentSalesOfATillAreNamedToday() {
        aTill(ksbId, "APPROVED");
        Map<String, Object> report = new LinkedHashMap<>(Map.of("unsent", 2, "lastSequence", 2));
        as(ksbId, Role.CASHIER).body(report).put("/api/tills/me").then().statusCode(200);
        as(ksbId, Role.MANAGER)
                .get("/api/reconciliation")
                .then()
                .statusCode(200)
                .body("differences.kind", containsInAnyOrder("unsent", "missing"))
                .body("differences.till", hasItems("1", "1"))
                .body("tills[0].unsent", equalTo(2))
                .body("tills[0].missing", equalTo(2));
        reconciliation("2020-01-01").body("tills", empty()).body("differences", empty());
    }

    @Test
    void whatCannotBeReadIsNamedOnTheDayThatItCame() {
        batch(ksbId, "[7]").statusCode(200);
        as(ksbId, Role.MANAGER)
                .get("/api/reconciliation")
                .then()
                .body("unreadable", equalTo(1))
                .body("differences.kind", hasItem("unreadable"));
    }

    @Test
    void theTableIsForManagersInTheirLanguage() {
        brings(DAY, 1L);
        delivered();
        as(ksbId, Role.CASHIER).get("/api/reconciliation").then().statusCode(403);
        as(ksbId, Role.CASHIER).get("/api/reconciliation/csv").then().statusCode(403);
        as(ksbId, Role.MANAGER)
                .get("/api/reconciliation/csv?language=xx")
                .then()
                .statusCode(400);
        byte[] table = as(ksbId, Role.MANAGER)
                .get("/api/reconciliation/csv?language=ru&date=" + DAY)
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("text/csv"))
                .extract()
                .asByteArray();
        String text = new String(table, StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("\ufeffДата;" + DAY)
                .contains("Касса;Название")
                .contains("30000,00");
    }

    private ValidatableResponse reconciliation(String date) {
        return as(ksbId, Role.MANAGER)
                .get("/api/reconciliation?date=" + date)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse difference(String kind, String action, String number) {
        return reconciliation(DAY)
                .body("differences.kind", contains(kind))
                .body("differences.action", contains(action))
                .body("differences.number", contains(number));
    }

    private void brings(String day, Long... numbers) {
        assertThat(brought(day, numbers)).hasSameSizeAs(numbers);
    }

    private List<UUID> brought(String day, Long... numbers) {
        List<Map<String, Object>> sales = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (Long number : numbers) {
            UUID id = anId();
            ids.add(id);
            sales.add(aFinishedSale(id, day + "T10:00:00+05:00", number));
        }
        batch(ksbId, sales).statusCode(200);
        return ids;
    }

    private void delivered() {
        eventually(() -> assertThat(totals(ksbId, null).getInt("notDelivered")).isZero());
    }
}
