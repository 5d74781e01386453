package uz.ksb.pos.sales.sale;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.with;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** A cashier does what only a manager may: with the manager's approval of this sale, and not without. */
@QuarkusTest
class ApprovalApiTest {
    private static final String AT = "2026-11-01T10:00:00Z";

    private final String ksbId = anEnterprise();
    private final UUID id = anId();

    @BeforeEach
    void aCatalogue() throws Exception {
        execute("insert into catalogue_products (ksb_id, id, change_version, currency, prices, prices_version, stock,"
                + " archived, deleted) values ('" + ksbId + "', 'p1', 1, 'UZS',"
                + " '[{\"priceType\": \"chakana\", \"price\": \"10000\"}]', 1, '[]', false, false)");
    }

    @Test
    void anApprovedPriceIsSoldAndTellsWhoApproved() {
        put(cheap(null)).statusCode(422).body("type", equalTo("/problems/rule-price"));
        put(cheap(approval().sign())).statusCode(200).body("approvedBy", equalTo("manager"));
        complete(null).statusCode(422).body("type", equalTo("/problems/rule-price"));
        complete(approval().sign())
                .statusCode(200)
                .body("approvedBy", equalTo("manager"))
                .body("flags", empty());
    }

    @Test
    void anApprovalGivesNoMoreThanWasAskedFor() {
        put(cheap(approval().maxDiscount(new BigDecimal("9")).sign()))
                .statusCode(422)
                .body("type", equalTo("/problems/rule-discount"));
        put(cheap(approval().with(Claims.MAY_CHANGE_PRICE, "false").sign()))
                .statusCode(422)
                .body("type", equalTo("/problems/rule-price"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sale", "till", "enterprise", "audience", "time", "text"})
    void anApprovalOfSomethingElseIsRefused(String other) {
        put(cheap(foreign(other))).statusCode(422).body("type", equalTo("/problems/rule-approval"));
        put(cheap(approval().sign())).statusCode(200);
        complete(foreign(other)).statusCode(422).body("type", equalTo("/problems/rule-approval"));
    }

    @Test
    void anApprovalOpensNothingByItself() {
        with(approval().sign()).get("/api/sales").then().statusCode(401);
    }

    @Test
    void whoApprovedIsNotBelievedOnline() {
        Map<String, Object> sale = aSale(id);
        sale.put("approvedBy", "manager");
        put(sale).statusCode(200).body("approvedBy", nullValue());
        Map<String, Object> completion = aCompletion(1, "30000", List.of(aPayment("CASH", "30000")));
        completion.put("approvedBy", "manager");
        with(cashier())
                .body(completion)
                .post("/api/sales/" + id + "/completion")
                .then()
                .statusCode(200)
                .body("approvedBy", nullValue());
    }

    @Test
    void aReturnWithoutReceiptNeedsOne() {
        Map<String, Object> back = aSale(id);
        back.put("kind", "RETURN");
        put(back).statusCode(422).body("type", equalTo("/problems/rule-return-without-receipt"));
        back.put("approval", approval().with("groups", Set.of("CASHIER")).sign());
        put(back).statusCode(422).body("type", equalTo("/problems/rule-return-without-receipt"));
        back.put("approval", approval().sign());
        put(back).statusCode(200);
    }

    @Test
    void anApprovedSaleMadeOfflineIsNotFlagged() {
        Map<String, Object> sale = cheap(approval().expired().sign());
        sale.put("completedAt", AT);
        sale.put("payments", List.of(aPayment("CASH", "9000")));
        bring(sale);
        with(cashier()).get("/api/sales/" + id).then().body("flags", empty()).body("approvedBy", equalTo("manager"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sale", "till", "enterprise", "audience", "text"})
    void anOfflineSaleWithoutProofIsFlagged(String other) {
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.putAll(cheap(foreign(other)));
        sale.put("payments", List.of(aPayment("CASH", "9000")));
        sale.put("approvedBy", "manager");
        bring(sale);
        with(cashier())
                .get("/api/sales/" + id)
                .then()
                .body("flags", hasItems("price", "discount"))
                .body("approvedBy", equalTo("manager"));
    }

    private Map<String, Object> cheap(String approval) {
        Map<String, Object> sale = aSale(id);
        sale.put("lines", List.of(aLine("p1", "9000", "1")));
        if (approval != null) {
            sale.put("approval", approval);
        }
        return sale;
    }

    private ValidatableResponse put(Map<String, Object> sale) {
        return with(cashier()).body(sale).put("/api/sales/" + id).then();
    }

    private ValidatableResponse complete(String approval) {
        Map<String, Object> completion = aCompletion(1, "9000", List.of(aPayment("CASH", "9000")));
        completion.put("approval", approval);
        return with(cashier())
                .body(completion)
                .post("/api/sales/" + id + "/completion")
                .then();
    }

    private void bring(Map<String, Object> sale) {
        with(cashier()).body(List.of(sale)).post("/api/sales/batch").then().body("result", contains("created"));
    }

    private String foreign(String what) {
        Tokens approval = approval();
        return switch (what) {
            case "sale" -> approval.with(Claims.SALE_ID, anId().toString()).sign();
            case "till" -> approval.with(Claims.DEVICE_ID, anId().toString()).sign();
            case "enterprise" -> approval.with(Claims.KSB_ID, anEnterprise()).sign();
            case "audience" -> approval.with("aud", Claims.AUDIENCE).sign();
            case "time" -> approval.expired().sign();
            default -> "manager";
        };
    }

    private String cashier() {
        return Tokens.of(ksbId, Role.CASHIER)
                .maxDiscount(new BigDecimal("5"))
                .with(Claims.MAY_CHANGE_PRICE, "false")
                .sign();
    }

    private Tokens approval() {
        return Tokens.of(ksbId, Role.MANAGER)
                .with("aud", Claims.APPROVAL_AUDIENCE)
                .with(Claims.SALE_ID, id.toString())
                .maxDiscount(new BigDecimal("10"));
    }
}
