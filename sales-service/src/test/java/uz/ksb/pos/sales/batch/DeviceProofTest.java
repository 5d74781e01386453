package uz.ksb.pos.sales.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.totals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

/** Proof of a till: a till alone, a blocked one, one that nobody knows; and what waits for a manager. */
@QuarkusTest
class DeviceProofTest {
    private static final String AT = "2026-11-01T10:00:00Z";
    private final String ksbId = anEnterprise();

    @Test
    void anUnknownTillIsRefusedAndMayTryAgainAtOnce() throws Exception {
        bring(aFinishedSale(anId(), AT)).statusCode(403).header("Retry-After", "1");
        assertThat(stored()).isEqualTo(0L);
    }

    @Test
    void aPendingTillIsRefusedAndNothingIsStored() throws Exception {
        aTill(ksbId, "PENDING");
        bring(aFinishedSale(anId(), AT))
                .statusCode(403)
                .header("Retry-After", nullValue())
                .body("type", equalTo("/problems/device-pending"));
        assertThat(stored()).isEqualTo(0L);
    }

    @Test
    void salesOfABlockedTillCountNowhereUntilAManagerTakesThem() {
        aTill(ksbId, "BLOCKED");
        UUID id = anId();
        bring(aFinishedSale(id, AT)).statusCode(200).body("result", contains("created"));
        bring(aFinishedSale(id, AT)).body("result", contains("replayed"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .body("flags", hasItems("blocked-device", "device-token"))
                .body("held", equalTo("blocked-device"));
        assertThat(totals(ksbId, "2026-11-01").getInt("count")).isZero();
        assertThat(totals(ksbId, null).getInt("notDelivered")).isZero();
        assertThat(totals(ksbId, null).getInt("toReview")).isEqualTo(1);
        as(ksbId, Role.CASHIER).get("/api/sales/held").then().statusCode(403);
        held().body("items.id", contains(id.toString())).body("items.reason", contains("blocked-device"));
        for (int i = 0; i < 2; i++) {
            resolve(id, "taken").statusCode(200).body("held", nullValue());
        }
        resolve(id, "dismissed").statusCode(409);
        held().body("items", empty());
        assertThat(totals(ksbId, "2026-11-01").getInt("count")).isEqualTo(1);
        assertThat(totals(ksbId, null).getInt("toReview")).isZero();
        assertThat(differences()).isEqualTo(0L);
    }

    /** A till's token is as old as its registration. */
    @Test
    void dayAndCurrencyAreThoseOfNow() throws Exception {
        aTill(ksbId, "APPROVED");
        execute("insert into enterprise_rules (ksb_id, version, zone, day_start, currency, cash_roundings)"
                + " values ('" + ksbId + "', 1, 'Europe/London', '06:00', 'GBP', '{}')");
        UUID id = anId();
        Map<String, Object> sale = aFinishedSale(id, "2026-11-01T22:00:00Z");
        sale.put("currency", "GBP");
        sale.put("payments", List.of(Map.of("kind", "CASH", "amount", "30000")));

        bring(sale).statusCode(200).body("result", contains("created"));

        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .body("businessDate", equalTo("2026-11-01"))
                .body("rate", equalTo("1"))
                .body("flags", contains("device-token"));
    }

    @Test
    void aDismissedSaleNeverCounts() {
        aTill(ksbId, "BLOCKED");
        UUID id = anId();
        bring(aFinishedSale(id, AT)).statusCode(200);
        resolve(id, "dismissed").statusCode(200);
        resolve(id, "dismissed").statusCode(200);
        assertThat(totals(ksbId, "2026-11-01").getInt("count")).isZero();
        assertThat(totals(ksbId, null).getInt("toReview")).isZero();
        assertThat(differences()).isEqualTo(0L);
    }

    @Test
    void aSessionOfABlockedTillIsHeldToo() {
        aTill(ksbId, "BLOCKED");
        UUID id = anId();
        batch(ksbId, List.of(aFinishedSale(id, AT))).body("result", contains("created"));
        held().body("items.id", contains(id.toString()));
    }

    @Test
    void aBlockedTillTakesAwayNoOpenSaleOfAnother() {
        UUID id = anId();
        String other = Tokens.of(ksbId, Role.CASHIER)
                .with(Claims.DEVICE_ID, UUID.randomUUID().toString())
                .sign();
        RestAssured.given()
                .auth()
                .oauth2(other)
                .contentType("application/json")
                .body(uz.ksb.pos.sales.SaleFixture.aSale(id))
                .put("/api/sales/" + id)
                .then()
                .statusCode(200);
        aTill(ksbId, "BLOCKED");
        bring(aFinishedSale(id, AT)).body("result", contains("conflict"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + id).then().body("status", equalTo("OPEN"));
    }

    @Test
    void aReturnThatBreaksItsReceiptWaitsForAManagerAndCounts() {
        UUID sold = aCompletedSale(ksbId);
        Map<String, Object> back = aFinishedSale(anId(), AT);
        back.put("kind", "RETURN");
        back.put("returnOf", sold);
        Map<String, Object> line = aLine("p1", "10000", "3");
        line.put("returnOfLine", "l-p1");
        back.put("lines", List.of(line));
        batch(ksbId, List.of(back)).body("result", contains("created"));
        UUID id = UUID.fromString(back.get("id").toString());
        as(ksbId, Role.CASHIER).get("/api/sales/" + id).then().body("flags", hasItem("return"));
        held().body("items.reason", contains("return"));
        assertThat(totals(ksbId, "2026-11-01").getInt("returnsCount")).isEqualTo(1);
        resolve(id, "taken").statusCode(200).body("deliveryStatus", equalTo("NOT_DELIVERED"));
        assertThat(totals(ksbId, null).getInt("toReview")).isZero();
        assertThat(differences()).isEqualTo(0L);
    }

    @Test
    void anOpenSaleThatItsBlockedTillFinishedIsHeldAndTold() {
        UUID id = anId();
        put(ksbId, uz.ksb.pos.sales.SaleFixture.aSale(id)).statusCode(200);
        aTill(ksbId, "BLOCKED");
        bring(aFinishedSale(id, AT)).body("result", contains("created"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .body("status", equalTo("COMPLETED"))
                .body("held", equalTo("blocked-device"))
                .body("flags", hasItems("was-open", "blocked-device"));
        assertThat(totals(ksbId, "2026-11-01").getInt("count")).isZero();
        resolve(id, "dismissed").statusCode(200);
        eventually(() -> assertThat(TopicReader.all(Topics.SALES, event -> id.toString()
                        .equals(event.event().subject())))
                .extracting(event -> event.event().type())
                .containsExactly("sale.opened", "sale.updated", "sale.closed"));
        assertThat(differences()).isEqualTo(0L);
    }

    @Test
    void aNumberBelongsToTheTillThatFinishedInAnyCase() {
        aTill(ksbId, "APPROVED");
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("deviceSequence", 7);
        sale.put("deviceId", Tokens.deviceOf(ksbId).toString().toUpperCase(Locale.ROOT));
        String uploader = Tokens.of(ksbId, Role.CASHIER)
                .with(Claims.DEVICE_ID, UUID.randomUUID().toString())
                .with(Claims.DEVICE_CODE, "9")
                .sign();
        RestAssured.given()
                .auth()
                .oauth2(uploader)
                .contentType("application/json")
                .body(List.of(sale))
                .post("/api/sales/batch")
                .then()
                .body("result", contains("created"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + sale.get("id"))
                .then()
                .body("number", equalTo("1-000007"))
                .body("deviceId", equalTo(Tokens.deviceOf(ksbId).toString()));
        sale.put("deviceSequence", 0);
        sale.put("id", anId());
        batch(ksbId, List.of(sale)).body("result", contains("invalid"));
    }

    @Test
    void whatCannotBeReadIsAskedForOneByOneAndRemoved() {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("payments", List.of(aPayment("CASH", "1")));
        sale.put("lines", List.of());
        batch(ksbId, List.of(sale)).body("result", contains("invalid"));
        String id = as(ksbId, Role.MANAGER)
                .get("/api/sales/unreadable")
                .then()
                .body("items[0].raw", nullValue())
                .extract()
                .jsonPath()
                .getString("items[0].id");
        as(ksbId, Role.CASHIER)
                .get("/api/sales/unreadable/" + id)
                .then()
                .statusCode(200)
                .body("raw", org.hamcrest.Matchers.containsString(sale.get("id").toString()));
        as(ksbId, Role.MANAGER).delete("/api/sales/unreadable/" + id).then().statusCode(400);
        RestAssured.given()
                .auth()
                .oauth2(Tokens.of(ksbId, Role.MANAGER).sign())
                .delete("/api/sales/unreadable/" + id + "?reason=a+test")
                .then()
                .statusCode(204);
        assertThat(totals(ksbId, null).getInt("toReview")).isZero();
        assertThat(differences()).isEqualTo(0L);
    }

    private ValidatableResponse bring(Map<String, Object> sale) {
        return RestAssured.given()
                .contentType("application/json")
                .header("X-Device-Token", deviceToken())
                .body(List.of(sale))
                .post("/api/sales/batch")
                .then();
    }

    private ValidatableResponse held() {
        return as(ksbId, Role.MANAGER).get("/api/sales/held").then().statusCode(200);
    }

    private ValidatableResponse resolve(UUID id, String as) {
        return as(ksbId, Role.MANAGER)
                .body(Map.of("as", as, "reason", "looked at"))
                .post("/api/sales/held/" + id + "/resolution")
                .then();
    }

    private String deviceToken() {
        return Tokens.of(ksbId, Role.CASHIER)
                .with("aud", Claims.DEVICE_AUDIENCE)
                .sign();
    }

    private Object stored() throws Exception {
        return query("select count(*) from sales where ksb_id = '" + ksbId + "'");
    }

    private Object differences() {
        try {
            return query("select count(*) from total_differences where ksb_id = '" + ksbId + "'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
