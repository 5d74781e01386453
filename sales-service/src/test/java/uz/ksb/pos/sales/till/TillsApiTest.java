package uz.ksb.pos.sales.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.allIsPublished;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.sales.house.Till;
import uz.ksb.pos.sales.till.domain.KnownTill;
import uz.ksb.pos.sales.till.domain.Report;

/** Reports of tills, and what the shop sees of them. */
@QuarkusTest
class TillsApiTest {
    private final String ksbId = anEnterprise();

    @Inject
    TillLedger ledger;

    @Inject
    ObjectMapper json;

    @Test
    void aTillTellsByItsOwnTokenAndTheShopSeesIt() {
        aTill(ksbId, "APPROVED");
        brings(1L, 2L);
        Map<String, Object> report = aReport(0, 2L);
        report.put("storage", Map.of("persisted", true, "freeMegabytes", 900));
        report.put("warnings", List.of("clock"));
        report(report).statusCode(200).body("state", equalTo("working")).body("complete", equalTo(true));
        tills().body("items", hasSize(1))
                .body("items[0].code", equalTo("1"))
                .body("items[0].status", equalTo("APPROVED"))
                .body("items[0].state", equalTo("working"))
                .body("items[0].lastSequence", equalTo(2))
                .body("items[0].serverSequence", equalTo(2))
                .body("items[0].program", equalTo("1.0.0"))
                .body("items[0].storage.persisted", equalTo(true))
                .body("items[0].warnings", contains("clock"))
                .body("items[0].heardAt", notNullValue())
                .body("items[0].version", equalTo(1));
    }

    @Test
    void onlyAnApprovedTillReports() throws Exception {
        report(aReport(0, null)).statusCode(403).header("Retry-After", "1");
        aTill(ksbId, "PENDING");
        report(aReport(0, null)).statusCode(403);
        aTill(ksbId, "BLOCKED");
        report(aReport(0, null)).statusCode(403);
        asUser(aReport(0, null)).statusCode(403);
        assertThat(query("select count(*) from tills where ksb_id = '" + ksbId + "'"))
                .isEqualTo(0L);
    }

    @Test
    void theSameReportIsNeitherWrittenNorPublishedAgain() throws Exception {
        aTill(ksbId, "APPROVED");
        report(aReport(0, null)).statusCode(200);
        for (int i = 0; i < 3; i++) {
            asUser(aReport(0, null)).statusCode(200).body("version", equalTo(1));
        }
        execute("update tills set heard_at = heard_at - interval '30 seconds' where ksb_id = '" + ksbId + "'");
        Object before = query("select heard_at from tills where ksb_id = '" + ksbId + "'");
        report(aReport(0, null)).statusCode(200).body("version", equalTo(1));
        assertThat(query("select heard_at from tills where ksb_id = '" + ksbId + "'"))
                .isNotEqualTo(before);
        allIsPublished();
        assertThat(published()).hasSize(1);
    }

    @Test
    void aTillChangesAtMostOnceASecondButMayAlwaysClose() {
        aTill(ksbId, "APPROVED");
        inOneOf(5, this::changeWithinASecond);
    }

    private void changeWithinASecond() throws Exception {
        execute("delete from tills where ksb_id = '" + ksbId + "'");
        report(aReport(0, null)).statusCode(200);
        report(aReport(1, 1L)).statusCode(429).header("Retry-After", "1");
        Map<String, Object> closing = aReport(0, null);
        closing.put("closing", true);
        report(closing).statusCode(200).body("state", equalTo("closed")).body("complete", equalTo(true));
        report(aReport(0, null)).statusCode(429);
        aSecondLater();
        report(aReport(1, 1L)).statusCode(200).body("state", equalTo("unsent")).body("missing", equalTo(1));
    }

    @Test
    void aSilentTillIsToldOfOnce() throws Exception {
        aTill(ksbId, "APPROVED");
        report(aReport(0, null)).statusCode(200);
        silent();
        eventually(() -> tills().body("items[0].state", equalTo("away")).body("items[0].complete", equalTo(false)));
        eventually(() -> assertThat(published()).hasSize(2));
        JsonNode told = json.readTree(published().getLast().data());
        assertThat(told.path("state").asText()).isEqualTo("away");
        assertThat(told.path("since").asText()).isNotEmpty();
        ledger.watch().await().atMost(Duration.ofSeconds(10));
        report(aReport(0, null)).statusCode(200).body("state", equalTo("working"));
        eventually(() -> assertThat(published()).hasSize(3));
    }

    @Test
    void salesThatComeByAnotherWayEndAVanishedTillsDebt() throws Exception {
        aTill(ksbId, "APPROVED");
        brings(1L);
        report(aReport(2, 3L)).statusCode(200).body("state", equalTo("unsent")).body("missing", equalTo(2));
        silent();
        brings(2L);
        eventually(() -> tills().body("items[0].missing", equalTo(1)));
        brings(3L);
        eventually(() -> tills().body("items[0].missing", equalTo(0)).body("items[0].state", equalTo("away")));
    }

    @Test
    void aBlockedTillIsToldOfWithoutAWordOfIt() throws Exception {
        aTill(ksbId, "APPROVED");
        report(aReport(0, null)).statusCode(200);
        aTill(ksbId, "BLOCKED");
        eventually(() -> assertThat(json.readTree(published().getLast().data())
                        .path("state")
                        .asText())
                .isEqualTo("blocked"));
        execute("delete from devices where ksb_id = '" + ksbId + "'");
        eventually(() -> assertThat(json.readTree(published().getLast().data())
                        .path("state")
                        .asText())
                .isEqualTo("removed"));
        tills().body("items", empty());
    }

    @Test
    void aManagerSettlesWhatAVanishedTillOwes() throws Exception {
        aTill(ksbId, "APPROVED");
        brings(1L, 3L);
        report(aReport(0, 4L)).statusCode(200).body("state", equalTo("missing")).body("missing", equalTo(2));
        String path = "/api/tills/" + Tokens.deviceOf(ksbId) + "/settlement";
        as(ksbId, Role.CASHIER)
                .body(Map.of("as", "closed", "reason", "x"))
                .post(path)
                .then()
                .statusCode(403);
        as(ksbId, Role.MANAGER)
                .body(Map.of("as", "lost", "reason", "x"))
                .post(path)
                .then()
                .statusCode(400);
        as(ksbId, Role.MANAGER).body(Map.of("as", "closed")).post(path).then().statusCode(400);
        settle("closed").body("state", equalTo("closed")).body("settled.reason", equalTo("kassa buzildi"));
        tills().body("items[0].complete", equalTo(true)).body("items[0].settled.by", equalTo("manager"));
        settle("removed").body("state", equalTo("removed"));
        tills().body("items", empty());
        aSecondLater();
        report(aReport(0, 4L)).statusCode(200).body("state", equalTo("working")).body("settled", nullValue());
    }

    @Test
    void aTillThatNeverReportsIsNamedOnceItSells() {
        aTill(ksbId, "APPROVED");
        tills().body("items[0].state", equalTo("idle")).body("items[0].version", equalTo(0));
        Map<String, Object> sale =
                aFinishedSale(anId(), Instant.now().minusSeconds(1).toString());
        batch(ksbId, List.of(sale)).statusCode(200);
        tills().body("items[0].state", equalTo("unheard")).body("items[0].since", notNullValue());
    }

    @Test
    void timesAreNotTheTills() {
        aTill(ksbId, "APPROVED");
        Map<String, Object> report = aReport(1, 1L);
        report.put("oldest", "2099-01-01T00:00:00Z");
        report(report)
                .statusCode(200)
                .body("oldest.substring(0, 4)", equalTo(Instant.now().toString().substring(0, 4)));
    }

    @Test
    void whatIsNoReportIsRefusedByItsField() {
        aTill(ksbId, "APPROVED");
        refused("unsent", -1);
        refused("unsent", null);
        refused("lastSequence", 0);
        refused("lastSequence", 1L << 53);
        refused("reserved", Collections.nCopies(51, 1));
        refused("version", "x".repeat(41));
        refused("warnings", List.of("<b>"));
        refused("oldest", "yesterday");
        refused("storage", Map.of("freeMegabytes", -1));
    }

    @Test
    void aListHasAnEnd() throws Exception {
        for (int i = 1; i <= 3; i++) {
            execute("insert into devices (ksb_id, device_id, code, status, version) values ('" + ksbId + "', '"
                    + UUID.randomUUID() + "', '" + i * 7 + "', 'APPROVED', 1)");
        }
        List<String> codes = new ArrayList<>();
        String after = "";
        do {
            var page = as(ksbId, Role.CASHIER).get("/api/tills?limit=2" + after).jsonPath();
            codes.addAll(page.getList("items.code"));
            after = page.getString("next") == null ? null : "&after=" + page.getString("next");
        } while (after != null);
        assertThat(codes).containsExactly("7", "14", "21");
    }

    @Test
    void theEventIsPublishedAsItsExampleSays() throws Exception {
        Instant now = Instant.parse("2026-11-23T05:00:00Z");
        Report report = new Report(
                3,
                now.minusSeconds(600),
                130L,
                List.of(),
                "1.0.0",
                new Report.Storage(true, 5000L),
                List.of("clock"),
                false);
        KnownTill till = new KnownTill(
                "10000001",
                "019a9f4e-0000-7000-8000-0000000000dd",
                "2",
                "Kassa 2",
                Till.Status.APPROVED,
                6,
                report,
                now,
                now,
                true,
                null,
                127,
                3,
                now,
                0,
                null,
                false,
                null);
        Event event = TillLedger.event(till.next(now));
        assertThat(event.topic()).isEqualTo("pos.tills.v1");
        try (InputStream example = TillsApiTest.class.getResourceAsStream("/golden/events/till.reported.json")) {
            assertThat(json.readTree(json.writeValueAsString(event.data()))).isEqualTo(json.readTree(example));
        }
    }

    private void refused(String field, Object value) {
        Map<String, Object> report = aReport(0, 1L);
        report.put(field, value);
        report(report).statusCode(400).body("violations", hasSize(greaterThan(0)));
    }

    private static Map<String, Object> aReport(int unsent, Long lastSequence) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("unsent", unsent);
        report.put("lastSequence", lastSequence);
        report.put("version", "1.0.0");
        return report;
    }

    private ValidatableResponse report(Map<String, Object> report) {
        return RestAssured.given()
                .header(
                        "X-Device-Token",
                        Tokens.of(ksbId, Role.CASHIER)
                                .with("aud", Claims.DEVICE_AUDIENCE)
                                .sign())
                .contentType("application/json")
                .body(report)
                .put("/api/tills/me")
                .then();
    }

    private ValidatableResponse asUser(Map<String, Object> report) {
        return as(ksbId, Role.CASHIER).body(report).put("/api/tills/me").then();
    }

    private ValidatableResponse tills() {
        return as(ksbId, Role.CASHIER).get("/api/tills").then().statusCode(200);
    }

    private ValidatableResponse settle(String as) {
        return as(ksbId, Role.MANAGER)
                .body(Map.of("as", as, "reason", "kassa buzildi"))
                .post("/api/tills/" + Tokens.deviceOf(ksbId) + "/settlement")
                .then()
                .statusCode(200);
    }

    private void brings(Long... numbers) {
        batch(
                        ksbId,
                        Stream.of(numbers)
                                .map(number -> aFinishedSale(anId(), "2026-11-01T10:00:00Z", number))
                                .toList())
                .statusCode(200);
    }

    private void silent() throws Exception {
        execute(
                "update tills set heard_at = heard_at - interval '80 seconds', changed_at = changed_at - interval '80 seconds'"
                        + " where ksb_id = '" + ksbId + "'");
    }

    private void aSecondLater() throws Exception {
        execute("update tills set changed_at = changed_at - interval '1 second' where ksb_id = '" + ksbId + "'");
    }

    private List<TopicReader.Published> published() {
        return TopicReader.all(Topics.TILLS, one -> ksbId.equals(one.key()));
    }
}
