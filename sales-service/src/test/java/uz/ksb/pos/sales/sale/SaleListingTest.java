package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
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
import static uz.ksb.pos.sales.SaleFixture.put;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Role;

@QuarkusTest
class SaleListingTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";
    private static final int MAX_PAGE_BYTES = 2_000_000;

    private final String ksbId = anEnterprise();

    @Test
    void aSaleThatIsFinishedWhileOnePagesIsSeen() {
        UUID open = anId();
        put(ksbId, aSale(open)).statusCode(200);
        UUID second = aCompletedSale(ksbId);
        UUID third = aCompletedSale(ksbId);
        JsonPath first = page(1, null);
        assertThat(first.getList("items.id")).containsExactly(third.toString());
        complete(ksbId, open, aCompletion(1, "30000", List.of(aPayment("CASH", "30000"))))
                .statusCode(200);

        JsonPath rest = page(50, first.getString("next"));

        assertThat(rest.getList("items.id")).containsExactly(second.toString(), open.toString());
    }

    @Test
    void theReturnsOfAReceiptAreListed() {
        UUID sold = aCompletedSale(ksbId);
        UUID other = aCompletedSale(ksbId);
        UUID first = takeBack(sold);
        UUID back = takeBack(sold);
        assertThat(List.of(first, back)).doesNotContain(takeBack(other));

        as(ksbId, Role.CASHIER)
                .queryParam("returnOf", sold)
                .queryParam("limit", 1)
                .get("/api/sales")
                .then()
                .statusCode(200)
                .body("items.id", contains(back.toString()))
                .body("items[0].lines[0].returnOfLine", equalTo("l-p1"));
        as(anEnterprise(), Role.CASHIER)
                .queryParam("returnOf", sold)
                .get("/api/sales")
                .then()
                .body("items", empty());
    }

    private UUID takeBack(UUID sold) {
        UUID back = anId();
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", back, "lines", List.of(Map.of("lineId", "l-p1", "quantity", "1"))))
                .post("/api/sales/" + sold + "/returns")
                .then()
                .statusCode(200);
        return back;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kassir", "KASSIR", "\uFF4B\uFF41\uFF53\uFF53\uFF49\uFF52", "kas\u200Bsir"})
    void aCashierIsFoundByAnySpellingOfTheLogin(String login) {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("cashier", "kaSSir");
        batch(ksbId, List.of(sale)).statusCode(200);
        as(ksbId, Role.CASHIER)
                .queryParam("cashier", login)
                .get("/api/sales")
                .then()
                .statusCode(200)
                .body("items.cashier", org.hamcrest.Matchers.contains("kaSSir"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shakar", "ШАКАР", "oq shakar", "o‘zgacha", "ўзгача", "Gulnora", "ГУЛНОРА shakar"})
    void aSaleIsFoundInAnySpelling(String search) {
        UUID customer = anId();
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", customer, "name", "Gulnora", "phone", "1"))
                .post("/api/customers")
                .then()
                .statusCode(201);
        aCompletedSale(ksbId);
        UUID open = anId();
        put(ksbId, described(open, customer)).statusCode(200);
        UUID finished = anId();
        Map<String, Object> sale = described(finished, customer);
        sale.put("completedAt", AT);
        sale.put("payments", List.of(aPayment("CASH", "100")));
        batch(ksbId, List.of(sale)).statusCode(200);

        search(search).body("items.id", contains(finished.toString(), open.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "[", "name", "productId", "_"})
    void nothingThatIsNotInTheTextsIsFound(String search) {
        put(ksbId, described(anId(), null)).statusCode(200);
        search(search).body("items", empty());
    }

    @Test
    void aPageHasAtMostTwoMegabytes() {
        List<Map<String, Object>> sales = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> sale = aFinishedSale(anId(), AT);
            sale.put(
                    "lines",
                    IntStream.range(0, 1_000)
                            .mapToObj(line -> named("x".repeat(200), aLine("p" + line, "1", "1")))
                            .toList());
            sale.put("payments", List.of(aPayment("CASH", "1000")));
            sales.add(sale);
        }
        batch(ksbId, sales).statusCode(200).body("result", everyItem(equalTo("created")));
        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            String answer = as(ksbId, Role.CASHIER)
                    .queryParam("limit", 1000)
                    .queryParams(next == null ? Map.of() : Map.of("after", next))
                    .get("/api/sales")
                    .asString();
            assertThat(answer.length()).isLessThan(MAX_PAGE_BYTES);
            seen.addAll(JsonPath.from(answer).getList("items.id"));
            next = JsonPath.from(answer).getString("next");
        } while (next != null);
        assertThat(seen).doesNotHaveDuplicates().hasSize(8);
    }

    private static Map<String, Object> named(String name, Map<String, Object> line) {
        line.put("name", name);
        return line;
    }

    private static Map<String, Object> described(UUID id, UUID customer) {
        Map<String, Object> sale = aSale(id);
        sale.put("lines", List.of(named("Шакар оқ", aLine("p1", "100", "1"))));
        sale.put("comment", "Ўзгача");
        sale.put("customerId", customer);
        return sale;
    }

    private JsonPath page(int limit, String after) {
        return as(ksbId, Role.CASHIER)
                .queryParam("limit", limit)
                .queryParams(after == null ? Map.of() : Map.of("after", after))
                .get("/api/sales")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private ValidatableResponse search(String text) {
        return as(ksbId, Role.CASHIER)
                .queryParam("search", text)
                .get("/api/sales")
                .then()
                .statusCode(200);
    }
}
