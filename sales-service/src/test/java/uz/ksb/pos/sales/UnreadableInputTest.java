package uz.ksb.pos.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.totals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Role;

/** Input that no program of ours sends: answered as the sender's mistake, never as ours, and nothing is half done. */
@QuarkusTest
class UnreadableInputTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";
    private static final String NUL = "a\u0000b";
    private static final String HALF = "a\ud800";

    private final ObjectMapper json = new ObjectMapper();
    private final String ksbId = anEnterprise();
    private final UUID id = anId();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "17",
                "[]",
                "{}",
                "{\"lines\":null}",
                "{\"lines\":[null],\"currency\":\"UZS\"}",
                "{\"lines\":[17],\"currency\":\"UZS\"}",
                "{\"lines\":{},\"currency\":\"UZS\"}",
                "{\"lines\":[{}],\"currency\":\"UZS\"}",
                "{\"lines\":[],\"currency\":null}",
                "{\"lines\":[],\"currency\":\"UZS\",\"returnOf\":\"x\"}",
                "{\"lines\":[],\"currency\":\"UZS\",\"revision\":-1}",
                "{\"lines\":[],\"currency\":\"UZS\",\"revision\":99999999999}",
                "{\"lines\":[],\"currency\":\"UZS\",\"kind\":\"GIFT\"}",
                "{\"lines\":[],\"currency\":\"UZS\",\"discount\":{\"amount\":1e400}}",
                "{\"lines\":[],\"currency\":\"UZS\",\"rounding\":\"1e20\"}",
                "{\"lines\":[],\"currency\":\"USD\",\"rate\":\"1e-9\"}",
                "{\"lines\":[{\"lineId\":\"l\",\"productId\":\"p\",\"price\":1e400,\"quantity\":\"1\"}],\"currency\":\"UZS\"}",
                "{\"lines\":[{\"lineId\":\"l\",\"productId\":\"p\",\"price\":\"1\",\"quantity\":\"١\\u0000\"}],\"currency\":\"UZS\"}",
                "{\"lines\":[{\"lineId\":\"\\u0000\",\"productId\":\"p\",\"price\":\"1\",\"quantity\":\"1\"}],\"currency\":\"UZS\"}",
                "{\"lines\":[{\"lineId\":\"l\",\"productId\":\"\\udc00\",\"price\":\"1\",\"quantity\":\"1\"}],\"currency\":\"UZS\"}",
                "{\"lines\":[{\"lineId\":\"l\",\"productId\":\"p\",\"price\":\"1\",\"quantity\":\"1\",\"priceVersion\":1e30}],\"currency\":\"UZS\"}",
                "{\"lines\":[],\"currency\":\"UZS\",\"comment\":\"\\ud800\"}",
                "{\"lines\":[],\"currency\":\"UZS\",\"comment\":\"\\u0000\"}",
                "{\"lines\":[],\"currency\":\"UZS\",\"warehouse\":\"\\u0000\"}",
                "{\"lines\":[",
            })
    void aBodyThatIsNoSaleIsRefusedWithAFieldAndNothingIsStored(String body) throws Exception {
        int status = as(ksbId, Role.CASHIER)
                .body(body)
                .put("/api/sales/" + id)
                .then()
                .extract()
                .statusCode();
        assertThat(status).as(body).isIn(400, 422);
        assertThat(query("select count(*) from sales where ksb_id = '" + ksbId + "'"))
                .isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"comment", "cashDesk", "completedAt", "rateDate", "deviceSequence", "rounding", "customerId"})
    void aCompletionWithAnImpossibleValueLeavesTheSaleOpen(String field) throws Exception {
        put(ksbId, aSale(id)).statusCode(200);
        List<Object> values =
                switch (field) {
                    case "comment", "cashDesk" -> List.of(NUL, HALF, "x".repeat(300_000));
                    case "completedAt" -> List.of("+999999999-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "soon", 1e30);
                    case "rateDate" -> List.of("yesterday", "2026-02-30");
                    case "deviceSequence" -> List.of("1e30", "99999999999999999999", "x");
                    case "rounding" -> List.of("1e400", "NaN", HALF);
                    default -> List.of("x", "00000000-0000-7000-8000-000000000001");
                };
        for (Object value : values) {
            Map<String, Object> payment = aPayment("CASH", "30000");
            Map<String, Object> completion = aCompletion(1, "30000", List.of(payment));
            (field.equals("cashDesk") || field.equals("rateDate") ? payment : completion).put(field, value);
            int status = as(ksbId, Role.CASHIER)
                    .body(json.writeValueAsBytes(escaped(completion)))
                    .post("/api/sales/" + id + "/completion")
                    .then()
                    .extract()
                    .statusCode();
            assertThat(status).as("%s %s", field, value).isIn(400, 413, 422);
        }
        assertThat(query("select status from sales where ksb_id = '" + ksbId + "'"))
                .isEqualTo("OPEN");
    }

    @Test
    void aReturnThatSaysNotWhatComesBackIsRefusedAlsoWhenItIsRepeated() {
        UUID sold = aCompletedSale(ksbId);
        String address = "/api/sales/" + sold + "/returns";
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", id, "lines", List.of(Map.of("lineId", "l-p1", "quantity", "1"))))
                .post(address)
                .then()
                .statusCode(200);
        for (String body : List.of(
                "{}",
                "{\"id\":\"%s\"}",
                "{\"id\":\"%s\",\"lines\":[]}",
                "{\"id\":\"%s\",\"lines\":[null]}",
                "{\"id\":\"%s\",\"lines\":[{}]}",
                "{\"id\":\"%s\",\"lines\":[{\"lineId\":\"l-p1\"}]}",
                "{\"id\":\"%s\",\"lines\":[{\"quantity\":\"1\"}]}",
                "{\"id\":\"%s\",\"lines\":[{\"lineId\":\"l-p1\",\"quantity\":\"1e400\"}]}",
                "{\"id\":\"%s\",\"comment\":\"\\u0000\",\"lines\":[{\"lineId\":\"l-p1\",\"quantity\":\"1\"}]}")) {
            for (UUID of : List.of(id, anId())) {
                as(ksbId, Role.CASHIER)
                        .body(body.formatted(of))
                        .post(address)
                        .then()
                        .statusCode(400);
            }
        }
        assertThat(totals(ksbId, null).getInt("returnsCount")).isEqualTo(1);
    }

    @Test
    void inABatchItIsKeptRawAndTheOthersAreStored() throws Exception {
        List<Object> odd = new ArrayList<>();
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(
                Map.entry("comment", NUL),
                Map.entry("comment", HALF),
                Map.entry("comment", "x".repeat(300_000)),
                Map.entry("comment", "x".repeat(500_000)),
                Map.entry("id", "17"),
                Map.entry("id", List.of()),
                Map.entry("completedAt", "+999999999-12-31T23:59:59Z"),
                Map.entry("completedAt", "-000001-01-01T00:00:00Z"),
                Map.entry("completedAt", "14.11.2011"),
                Map.entry("deviceSequence", "1e30"),
                Map.entry("deviceId", HALF),
                Map.entry("cashier", NUL),
                Map.entry("total", "1e400x"),
                Map.entry("rounding", "1e400"),
                Map.entry("discount", Map.of("percent", "1e400")),
                Map.entry("payments", List.of(Map.of("kind", "CASH", "amount", "1e23"))),
                Map.entry("payments", List.of(Map.of("kind", "GOLD", "amount", "1"))),
                Map.entry("payments", List.of(17)),
                Map.entry("lines", List.of(List.of())))) {
            Map<String, Object> sale = aFinishedSale(anId(), AT);
            sale.put(wrong.getKey(), wrong.getValue());
            odd.add(escaped(sale));
            odd.add(aFinishedSale(anId(), AT));
        }
        List<String> results = as(ksbId, Role.CASHIER)
                .body(json.writeValueAsBytes(odd))
                .post("/api/sales/batch")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("result", String.class);
        for (int i = 0; i < odd.size(); i++) {
            assertThat(results.get(i)).as(String.valueOf(i)).isEqualTo(i % 2 == 0 ? "invalid" : "created");
        }
        var totals = totals(ksbId, "2011-11-14");
        assertThat(totals.getInt("count")).isEqualTo(odd.size() / 2);
        assertThat(totals.getInt("toReview")).isEqualTo(odd.size() / 2);
        as(ksbId, Role.MANAGER)
                .get("/api/sales/unreadable?limit=100")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(odd.size() / 2));
    }

    @Test
    void aBatchThatWasCutOffStoresWhatIsWholeAndKeepsTheRest() throws Exception {
        String whole = json.writeValueAsString(List.of(aFinishedSale(anId(), AT), aFinishedSale(anId(), AT)));
        batch(ksbId, whole.substring(0, whole.length() - 100))
                .statusCode(200)
                .body("result", contains("created", "invalid"));
        String id = as(ksbId, Role.MANAGER)
                .get("/api/sales/unreadable")
                .then()
                .extract()
                .jsonPath()
                .getString("items[0].id");
        String raw = as(ksbId, Role.MANAGER)
                .get("/api/sales/unreadable/" + id)
                .then()
                .extract()
                .jsonPath()
                .getString("raw");
        assertThat(whole).contains(raw);
        assertThat(raw).endsWith(whole.substring(whole.length() - 120, whole.length() - 100));
        batch(ksbId, whole).statusCode(200).body("result", contains("replayed", "created"));
    }

    /** A till whose clock was never set, or is of another century. */
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:07Z, ''",
        "2099-12-31T00:00:00Z, ''",
        "9999-12-31T23:59:59Z, ''",
        "0001-01-01T00:00:00Z, ''",
        "1970-01-01T00:00:07Z, 1970-01-01T00:01:07Z",
        "2011-11-14T08:10:00Z, +999999999-12-31T00:00:00Z"
    })
    void aSaleOfAnImpossibleTimeIsStoredCountedAndFlagged(String completedAt, String clientTime) {
        var request = as(ksbId, Role.CASHIER);
        (clientTime.isEmpty() ? request : request.header("X-Client-Time", clientTime))
                .body(List.of(aFinishedSale(id, completedAt)))
                .post("/api/sales/batch")
                .then()
                .statusCode(200)
                .body("result", contains("created"));
        boolean readable = completedAt.startsWith("2011");
        assertThat(totals(ksbId, readable ? "2011-11-14" : null).getInt("count"))
                .isEqualTo(1);
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .statusCode(200)
                .body("flags", equalTo(readable ? List.of() : List.of("clock")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sales?search=%00",
                "sales?device=%00",
                "sales?cashier=a%00",
                "sales?from=0000-01-01",
                "sales?from=-999999999-01-01",
                "sales?to=%2B999999999-12-31",
                "sales?from=yesterday",
                "sales?customer=x",
                "sales?status=LOST",
                "sales?delivery=LOST",
                "sales?limit=0",
                "sales?limit=x",
                "sales?limit=99999999999",
                "sales?after=AA",
                "sales?after=KzEwMDAwMDAwMDAtMDEtMDFUMDA6MDA6MDBaADAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA",
                "sales/missing",
                "sales/missing?device=%00",
                "sales/x",
                "sales/conflicts?after=AA",
                "sales/unreadable?limit=-1",
                "customers?search=%00",
                "customers?after=AA",
                "customers/x",
                "customers/x/movements",
                "totals?date=x",
                "totals?date=%2B999999999-12-31",
                "totals?date=0000-12-31",
                "charts/sales?period=decade",
                "charts/sales?period=year&date=-999999999-01-01",
                "charts/sales?period=week&date=9999-12-31",
                "charts/sales?period=year&date=0001-01-01",
            })
    void aQuestionThatMakesNoSenseIsNotAnsweredWithAFailure(String question) {
        int status = as(ksbId, Role.MANAGER)
                .urlEncodingEnabled(false)
                .get("/api/" + question)
                .then()
                .extract()
                .statusCode();
        assertThat(status)
                .as(question)
                .isIn(
                        question.contains("9999-12-31") || question.contains("=0001")
                                ? List.of(200, 400)
                                : List.of(400, 404));
    }

    @Test
    void aReasonThatCannotBeStoredIsRefused() throws Exception {
        UUID sold = aCompletedSale(ksbId);
        for (Object reason : List.of(NUL, HALF, "", "x".repeat(1_001))) {
            as(ksbId, Role.MANAGER)
                    .body(json.writeValueAsBytes(escaped(Map.of("reason", reason))))
                    .post("/api/sales/" + sold + "/delivery/closure")
                    .then()
                    .statusCode(400)
                    .body("violations.field", contains("reason"));
        }
    }

    /** A lone surrogate travels as its escape only. */
    private Object escaped(Map<String, Object> value) throws Exception {
        ObjectMapper ascii = new ObjectMapper();
        ascii.getFactory().enable(com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
        return new com.fasterxml.jackson.databind.util.RawValue(ascii.writeValueAsString(value));
    }
}
