package uz.ksb.pos.sales.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.complete;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.totals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
class CustomersApiTest {
    private final String ksbId = anEnterprise();

    @Test
    void aCustomerMadeTwiceIsThereOnceAndCounted() {
        UUID id = make("Алишер Навоий", "+998 90 123");
        post(id, "Алишер Навоий", "+998 90 123").statusCode(200);
        post(id, "Other", "").statusCode(409);
        as(ksbId, Role.CASHIER).get("/api/customers/count").then().body("count", equalTo(1));
        assertThat(totals(ksbId, null).getInt("customers")).isEqualTo(1);
        search("алишер").body("items.id", contains(id.toString()));
        search("90 12").body("items.size()", equalTo(1));
        search("%").body("items.size()", equalTo(0));
        as(ksbId, Role.CASHIER)
                .body(Map.of("archived", true))
                .patch("/api/customers/" + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        assertThat(totals(ksbId, null).getInt("customers")).isZero();
    }

    @Test
    void aDebtMovesTheBalanceAndItsRepaymentMovesItBackOnce() {
        UUID customer = make("Ali", "1");
        UUID sale = anId();
        Map<String, Object> open = aSale(sale);
        open.put("customerId", customer);
        put(ksbId, open).statusCode(200);
        complete(ksbId, sale, aCompletion(1, "30000", List.of(aPayment("CASH", "10000"), aPayment("DEBT", "20000"))))
                .statusCode(200);
        balance(customer, "-20000.00");
        Map<String, Object> payment = Map.of("id", anId(), "kind", "CASH", "amount", "5000", "currency", "UZS");
        for (int i = 0; i < 2; i++) {
            as(ksbId, Role.CASHIER)
                    .body(payment)
                    .post("/api/customers/" + customer + "/payments")
                    .then()
                    .statusCode(200);
        }
        balance(customer, "-15000.00");
        as(ksbId, Role.CASHIER)
                .body(Map.of(
                        "id",
                        anId(),
                        "lines",
                        List.of(Map.of("lineId", "l-p1", "quantity", "2")),
                        "payments",
                        List.of(aPayment("DEBT", "20000"))))
                .post("/api/sales/" + sale + "/returns")
                .then()
                .statusCode(200);
        balance(customer, "5000.00");
        as(ksbId, Role.CASHIER)
                .get("/api/customers/" + customer + "/movements")
                .then()
                .body("items.kind", contains("RETURN", "PAYMENT", "SALE"))
                .body("items.amount", contains("20000.00", "5000.00", "-20000.00"));
        eventually(() -> assertThat(TopicReader.all(Topics.CUSTOMERS, event -> customer.toString()
                        .equals(event.event().subject())))
                .hasSize(4)
                .last()
                .satisfies(event -> assertThat(event.data()).contains("\"amount\":\"5000.00\"")));
    }

    @Test
    void anotherEnterpriseDoesNotLearnThatTheCustomerExists() {
        UUID id = make("Ali", "1");
        String other = anEnterprise();
        as(other, Role.ADMIN).get("/api/customers/" + id).then().statusCode(404);
        as(other, Role.ADMIN)
                .body(Map.of("name", "x"))
                .patch("/api/customers/" + id)
                .then()
                .statusCode(404);
        as(other, Role.ADMIN).get("/api/customers/" + id + "/movements").then().statusCode(404);
        as(other, Role.ADMIN)
                .body(Map.of("id", anId(), "kind", "CASH", "amount", "1"))
                .post("/api/customers/" + id + "/payments")
                .then()
                .statusCode(404);
        as(other, Role.ADMIN).get("/api/customers").then().body("items.size()", equalTo(0));
        as(other, Role.ADMIN).get("/api/customers/count").then().body("count", equalTo(0));
        as(ksbId, Role.BACK_OFFICE).get("/api/customers").then().statusCode(403);
    }

    @Test
    void aBadCustomerOrPaymentIsRefusedByItsField() {
        UUID id = make("Ali", "1");
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", anId(), "name", "a\u0000b"))
                .post("/api/customers")
                .then()
                .statusCode(400)
                .body("violations.field", contains("name"));
        for (var wrong : Map.of("kind", "DEBT", "currency", "ZZZ", "at", "2999-01-01T00:00:00Z")
                .entrySet()) {
            Map<String, Object> payment =
                    new java.util.HashMap<>(Map.of("id", anId(), "kind", "CASH", "amount", "5", "currency", "UZS"));
            payment.put(wrong.getKey(), wrong.getValue());
            as(ksbId, Role.CASHIER)
                    .body(payment)
                    .post("/api/customers/" + id + "/payments")
                    .then()
                    .statusCode(400)
                    .body("violations.field", contains(wrong.getKey()));
        }
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", anId(), "kind", "CASH", "amount", "-5"))
                .post("/api/customers/" + id + "/payments")
                .then()
                .statusCode(422)
                .body("violations.field", contains("amount"));
        as(ksbId, Role.CASHIER).get("/api/customers/" + id).then().body("balances.size()", equalTo(0));
    }

    @Test
    void aRepeatedCreationAfterARenameIsNoConflict() {
        UUID id = make("Ali", "1");
        as(ksbId, Role.CASHIER)
                .body(Map.of("name", "Vali"))
                .patch("/api/customers/" + id)
                .then()
                .statusCode(200);
        post(id, "Ali", "1").statusCode(200).body("name", equalTo("Vali"));
        post(id, "Vali", "1").statusCode(409);
    }

    @Test
    void theIdThatMeansNoCustomerIsRefused() {
        post(new UUID(0, 0), "Ali", "1").statusCode(400).body("violations.field", contains("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u00a0", "\u3164", "\ufeff"})
    void aNameWithoutAVisibleCharacterIsRefused(String name) {
        post(anId(), name, "1").statusCode(400).body("violations.field", contains("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"G'ulom", "Ғулом", "gʻulom ўзбек", "OZBEK", "901234567", "90 123-45"})
    void aCustomerIsFoundInAnySpelling(String search) {
        UUID id = make("G‘ulom O‘zbek", "+998 90 123-45-67");
        post(anId(), "Karim", "5").statusCode(201);
        search(search).body("items.id", contains(id.toString()));
    }

    @Test
    void aMovementIsOfItsKindAndId() {
        UUID customer = make("Ali", "1");
        UUID id = anId();
        Map<String, Object> open = aSale(id);
        open.put("customerId", customer);
        put(ksbId, open).statusCode(200);
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("DEBT", "30000"))))
                .statusCode(200);
        pay(customer, id, "CASH", "1000", "UZS").statusCode(200);
        balance(customer, "-29000.00");
    }

    @Test
    void thePaymentsIdWithOtherContentIsAConflict() {
        UUID customer = make("Ali", "1");
        UUID id = anId();
        pay(customer, id, "CASH", "1000", "UZS").statusCode(200);
        pay(customer, id, "CASH", "1000.00", "UZS").statusCode(200);
        pay(customer, id, "CARD", "1000", "UZS").statusCode(409);
        pay(customer, id, "CASH", "1001", "UZS").statusCode(409);
        pay(make("Vali", "2"), id, "CASH", "1000", "UZS").statusCode(409);
        balance(customer, "1000.00");
    }

    @Test
    void onePaymentForTwoCustomersAtOnceIsBookedOnce() throws Exception {
        UUID id = anId();
        List<UUID> customers = List.of(make("Ali", "1"), make("Vali", "2"));
        assertThat(atOnce(2, i -> pay(customers.get(i), id, "CASH", "1000", "UZS")
                        .extract()
                        .statusCode()))
                .containsExactlyInAnyOrder(200, 409);
        assertThat(query("select count(*) from customer_movements where id = '" + id + "'"))
                .isEqualTo(1L);
    }

    @Test
    void aDebtIsPaidBackOnlyInACurrencyWithARate() {
        UUID customer = make("Ali", "1");
        pay(customer, anId(), "CASH", "1", "EUR")
                .statusCode(422)
                .body("type", equalTo("/problems/rule-rate"))
                .body("violations.field", contains("currency"));
        as(ksbId, Role.CASHIER).get("/api/customers/" + customer).then().body("balances.size()", equalTo(0));
        uz.ksb.pos.sales.SaleFixture.aRate(ksbId, "EUR", "14000");
        pay(customer, anId(), "CASH", "1", "EUR").statusCode(200);
        balance(customer, "1.00");
    }

    @Test
    void aBalanceHasNoLimitAndAPaymentHas() {
        UUID customer = make("Ali", "1");
        pay(customer, anId(), "CASH", "9999999999999999.99", "UZS").statusCode(422);
        for (int i = 0; i < 3; i++) {
            pay(customer, anId(), "CASH", "1000000000000.00", "UZS").statusCode(200);
        }
        balance(customer, "3000000000000.00");
    }

    private ValidatableResponse pay(UUID customer, UUID id, String kind, String amount, String currency) {
        return as(ksbId, Role.CASHIER)
                .body(Map.of("id", id, "kind", kind, "amount", amount, "currency", currency))
                .post("/api/customers/" + customer + "/payments")
                .then();
    }

    private ValidatableResponse search(String text) {
        return as(ksbId, Role.CASHIER)
                .queryParam("search", text)
                .get("/api/customers")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse post(UUID id, String name, String phone) {
        return as(ksbId, Role.CASHIER)
                .body(Map.of("id", id, "name", name, "phone", phone))
                .post("/api/customers")
                .then();
    }

    private UUID make(String name, String phone) {
        UUID id = anId();
        post(id, name, phone).statusCode(201);
        return id;
    }

    private void balance(UUID customer, String amount) {
        as(ksbId, Role.CASHIER).get("/api/customers/" + customer).then().body("balances.amount", contains(amount));
    }
}
