package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.complete;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;

/** The fields that the law wants to be kept, and the cash that it forbids, whatever way a sale comes in. */
@QuarkusTest
class LawFieldsApiTest {
    private static final String AT = "2026-11-01T10:00:00Z";
    /** A group separator ends the serial number. */
    private static final String MARK = "0104607112350017215abc\u001D93dGVz";

    private static final Map<String, Object> FISCAL = Map.of(
            "terminalId", "UZ210317267544",
            "sequence", "118",
            "sign", "730113415612",
            "qr", "https://ofd.example/check?t=UZ210317267544&r=118",
            "at", "2026-11-01T10:00:01+05:00");

    private final String ksbId = anEnterprise();

    @Inject
    ObjectMapper json;

    @Test
    void aSaleKeepsAndTellsThemOnline() throws Exception {
        UUID id = anId();
        put(ksbId, marked(aSale(id))).statusCode(200).body("lines[0].marks", contains(MARK));
        Map<String, Object> completion = aCompletion(1, "30000", List.of(qr()));
        completion.put("fiscal", FISCAL);
        complete(ksbId, id, completion).statusCode(200);
        assertKeptAndTold(id);
    }

    @Test
    void aSaleKeepsAndTellsThemOffline() throws Exception {
        Map<String, Object> sale = marked(aFinishedSale(anId(), AT));
        sale.put("payments", List.of(qr()));
        sale.put("fiscal", FISCAL);
        batch(ksbId, List.of(sale)).body("result", contains("created"));
        assertKeptAndTold(UUID.fromString(sale.get("id").toString()));
        batch(ksbId, List.of(sale)).body("result", contains("replayed"));
        sale.put("payments", List.of(qr("another RRN")));
        batch(ksbId, List.of(sale)).body("result", contains("conflict"));
    }

    @Test
    void aReturnKeepsAndTellsThem() throws Exception {
        UUID sold = anId();
        put(ksbId, aSale(sold)).statusCode(200);
        complete(ksbId, sold, aCompletion(1, "30000", List.of(qr()))).statusCode(200);
        Map<String, Object> back = Map.of(
                "id", anId(),
                "fiscal", FISCAL,
                "payments", List.of(qr()),
                "lines",
                        List.of(
                                Map.of("lineId", "l-p1", "quantity", "2", "marks", List.of(MARK)),
                                Map.of("lineId", "l-p2", "quantity", "2")));
        as(ksbId, Role.CASHIER)
                .body(back)
                .post("/api/sales/" + sold + "/returns")
                .then()
                .statusCode(200);
        assertKeptAndTold(UUID.fromString(back.get("id").toString()));
    }

    @Test
    void aMarkTwiceOnAReceiptIsRefused() {
        UUID id = anId();
        Map<String, Object> twice = aSale(id);
        Map<String, Object> line = aLine("p1", "10000", "2");
        line.put("marks", List.of(MARK, MARK));
        twice.put("lines", List.of(line));
        put(ksbId, twice).statusCode(422).body("type", equalTo("/problems/rule-lines"));

        Map<String, Object> offline = aFinishedSale(anId(), AT);
        line.put("price", "15000");
        offline.put("lines", List.of(line));
        batch(ksbId, List.of(offline)).body("result", contains("created"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + offline.get("id")).then().body("flags", hasItem("lines"));

        as(ksbId, Role.CASHIER)
                .body(Map.of(
                        "id",
                        anId(),
                        "lines",
                        List.of(
                                Map.of("lineId", "l-p1", "quantity", "1", "marks", List.of(MARK)),
                                Map.of("lineId", "l-p2", "quantity", "1", "marks", List.of(MARK)))))
                .post("/api/sales/" + uz.ksb.pos.sales.SaleFixture.aCompletedSale(ksbId) + "/returns")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/rule-lines"));
    }

    @Test
    void cashIsRefusedWhereTheLawForbidsIt() throws Exception {
        forbidCash("p1");
        UUID id = anId();
        put(ksbId, aSale(id)).statusCode(200);
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("CASH", "30000"))))
                .statusCode(422)
                .body("type", equalTo("/problems/rule-cash"))
                .body("violations.field", contains("payments"));
        complete(ksbId, id, aCompletion(1, "30000", List.of(qr(), aPayment("CASH", "0"))))
                .statusCode(200);

        Map<String, Object> offline = aFinishedSale(anId(), AT);
        batch(ksbId, List.of(offline)).body("result", contains("created"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + offline.get("id")).then().body("flags", hasItem("cash"));
    }

    @Test
    void cashAboveTheEnterprisesLimitIsRefused() throws Exception {
        execute("insert into enterprise_rules (ksb_id, version, zone, day_start, currency, cash_roundings, cash_limit)"
                + " values ('" + ksbId + "', 1, 'Asia/Tashkent', '00:00', 'UZS', '{\"UZS\": 100}', 29999)");
        UUID id = anId();
        put(ksbId, aSale(id)).statusCode(200);
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("CASH", "30000"))))
                .statusCode(422)
                .body("type", equalTo("/problems/rule-cash"));
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("CASH", "29999"), aPayment("CARD", "1"))))
                .statusCode(200);
    }

    private void assertKeptAndTold(UUID id) throws Exception {
        String body = as(ksbId, Role.CASHIER).get("/api/sales/" + id).asString();
        JsonNode view = json.readTree(body);
        assertThat(view.at("/lines/0/marks/0").asText()).isEqualTo(MARK);
        assertThat(view.at("/payments/0/method").asText()).isEqualTo("qr");
        assertThat(view.at("/payments/0/reference").asText()).isEqualTo("RRN-1");
        assertThat(view.at("/fiscal/sign").asText()).isEqualTo("730113415612");
        assertThat(view.at("/fiscal/qr").asText()).isEqualTo(FISCAL.get("qr"));
        assertThat(view.at("/fiscal/terminalId").asText()).isEqualTo("UZ210317267544");
        assertThat(view.at("/fiscal/sequence").asText()).isEqualTo("118");
        assertThat(java.time.OffsetDateTime.parse(view.at("/fiscal/at").asText()))
                .isAtSameInstantAs(java.time.OffsetDateTime.parse("2026-11-01T05:00:01Z"));
        eventually(() -> assertThat(TopicReader.all(
                        Topics.SALES,
                        event -> id.toString().equals(event.event().subject())
                                && event.event().type().equals("sale.completed")))
                .hasSize(1)
                .first()
                .satisfies(event -> {
                    JsonNode told = json.readTree(event.data());
                    for (String field : List.of("fiscal", "lines", "payments")) {
                        assertThat(told.get(field)).isEqualTo(view.get(field));
                    }
                }));
    }

    private static Map<String, Object> marked(Map<String, Object> sale) {
        Map<String, Object> line = aLine("p1", "10000", "2");
        line.put("marks", List.of(MARK));
        sale.put("lines", List.of(line, aLine("p2", "5000", "2")));
        return sale;
    }

    private static Map<String, Object> qr() {
        return qr("RRN-1");
    }

    private static Map<String, Object> qr(String reference) {
        Map<String, Object> payment = aPayment("CARD", "30000");
        payment.put("method", "qr");
        payment.put("reference", reference);
        return payment;
    }

    private void forbidCash(String product) throws SQLException {
        execute("insert into catalogue_products (ksb_id, id, change_version, currency, prices, prices_version, stock,"
                + " cash_allowed, archived, deleted) values ('" + ksbId + "', '" + product
                + "', 1, 'UZS', '[]', 1, '[]', false, false, false)");
    }
}
