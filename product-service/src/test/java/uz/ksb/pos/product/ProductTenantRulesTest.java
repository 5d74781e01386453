package uz.ksb.pos.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TenantRules;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.product.testing.Shop;

/** The endpoints of product-service with tokens that must not open them. */
@QuarkusTest
class ProductTenantRulesTest extends TenantRules {
    private static final String PUSH = "POST /api/product-updates";
    private static final String PRODUCT = "faqat-bizda";
    /** Both enterprises have one with this id. */
    private static final String COMMON = "hammada";

    private static final String PRICE = "77777.77";
    private static final String RATE = "12345.678901";

    private final Shop ours = Shop.open();
    private final Shop theirs = Shop.open();
    private String rejected;

    ProductTenantRulesTest() throws SQLException {}

    @Override
    protected void givenSomethingEverywhere() {
        ours.push(
                Shop.row(PRODUCT, 1, "Shakar", PRICE),
                Shop.row(COMMON, 1, "Tuz", PRICE),
                "{\"id\":\"" + PRODUCT + "-2\",\"version\":1}");
        ours.as(Role.MANAGER)
                .contentType("application/json")
                .body(Map.of("rate", RATE))
                .put("/api/currency-rates/USD")
                .then()
                .statusCode(200);
        rejected = ours.as(Role.ADMIN)
                .get("/api/product-updates/rejected")
                .then()
                .extract()
                .path("items[0].id");
        assertThat(rejected).isNotNull();
    }

    @Override
    protected String ours() {
        return ours.ksbId();
    }

    @Override
    protected Set<String> open() {
        return Set.of();
    }

    @Override
    protected String foreignToken(String endpoint) {
        return Tokens.of(theirs.ksbId(), endpoint.equals(PUSH) ? Role.BACK_OFFICE : Role.ADMIN)
                .with(Claims.MAY_SEE_PURCHASE_PRICE, "true")
                .sign();
    }

    @Override
    protected String tillToken(String status) {
        return Tokens.of(ours.ksbId(), Role.ADMIN)
                .with("aud", Claims.DEVICE_AUDIENCE)
                .sign();
    }

    @Override
    protected String ours(String endpoint, String parameter) {
        return switch (parameter) {
            case "id" -> endpoint.contains("rejected") ? rejected : PRODUCT;
            case "currency" -> "USD";
            default -> null;
        };
    }

    @Override
    protected boolean makesTheirOwn(String endpoint) {
        return endpoint.equals("PUT /api/currency-rates/{currency}");
    }

    @Override
    protected Object body(String endpoint) {
        return switch (endpoint) {
            case "PUT /api/currency-rates/{currency}" -> Map.of("rate", "12000");
            case PUSH -> "[" + Shop.row(COMMON, 2, "Un", "1") + "]";
            case "POST /api/product-updates/rejected/{id}/replay" -> "{}";
            case "DELETE /api/product-updates/rejected/{id}" -> null;
            default -> noBody(endpoint);
        };
    }

    @Override
    protected List<String> secrets(String endpoint) {
        return endpoint.contains("{id}")
                ? List.of(ours.ksbId(), PRICE, RATE)
                : List.of(ours.ksbId(), PRICE, RATE, rejected);
    }
}
