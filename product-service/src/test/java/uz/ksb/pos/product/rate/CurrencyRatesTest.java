package uz.ksb.pos.product.rate;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.product.testing.Shop.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.product.testing.Shop;

@QuarkusTest
class CurrencyRatesTest {
    @Inject
    WaitingRates waiting;

    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @Test
    void aManagerSetsARateAndEveryTillIsTold() {
        set(Role.MANAGER, "USD", "\"12650.5\"").statusCode(200);
        set(Role.ADMIN, "USD", "\"12700\"").statusCode(200);
        set(Role.ADMIN, "USD", "\"12700.00\"").statusCode(200);
        set(Role.MANAGER, "EUR", "\"14000\"").statusCode(200);

        JsonNode rates = shop.get("/api/currency-rates");
        assertThat(rates.get("main").asText()).isEqualTo("UZS");
        assertThat(texts(rates.get("items"), "currency")).containsExactly("EUR", "USD");
        assertThat(texts(rates.get("items"), "rate")).containsExactly("14000.000000", "12700.000000");
        assertThat(texts(rates.get("items"), "setBy")).containsExactly("manager", "admin");
        eventually(() -> assertThat(shop.events(Topics.RATES)).hasSize(3));
        List<JsonNode> events = shop.events(Topics.RATES);
        assertThat(events.getLast().get("items")).isEqualTo(rates.get("items"));
        assertThat(events.getLast().get("version")).isEqualTo(rates.get("version"));
        assertThat(texts(events, "version").stream().map(Long::valueOf).toList())
                .isSorted();
    }

    @Test
    void aRateThatIsNoneIsRefused() {
        set(Role.MANAGER, "USD", "\"0\"").statusCode(400);
        set(Role.MANAGER, "USD", "\"-1\"").statusCode(400);
        set(Role.MANAGER, "USD", "\"1.0000001\"").statusCode(400);
        set(Role.MANAGER, "USD", "null").statusCode(400);
        set(Role.MANAGER, "usd", "\"1\"").statusCode(400);
        set(Role.CASHIER, "USD", "\"1\"").statusCode(403);
        given().get("/api/currency-rates").then().statusCode(401);
        assertThat(shop.get("/api/currency-rates").get("items")).isEmpty();
    }

    @Test
    void theBackOfficeMayPushARate() {
        set(Role.BACK_OFFICE, "USD", "\"12800\"").statusCode(200);
        assertThat(texts(shop.get("/api/currency-rates").get("items"), "rate")).containsExactly("12800.000000");
        set(Role.SERVICE, "USD", "\"1\"").statusCode(403);
    }

    @Test
    void theMainCurrencyAndUnknownOnesHaveNoRate() {
        set(Role.MANAGER, "UZS", "\"1\"").statusCode(422);
        set(Role.MANAGER, "ZZZ", "\"5\"").statusCode(422);
        set(Role.MANAGER, "XXX", "\"5\"").statusCode(422);
        assertThat(shop.get("/api/currency-rates").get("items")).isEmpty();
    }

    @Test
    void aCopyIsFilledWithTheHistory() {
        set(Role.MANAGER, "USD", "\"12650\"").statusCode(200);
        set(Role.MANAGER, "EUR", "\"14000\"").statusCode(200);
        set(Role.MANAGER, "USD", "\"12700\"").statusCode(200);

        JsonNode first = shop.get("/api/currency-rates/changes?limit=2");
        JsonNode rest = shop.get(
                "/api/currency-rates/changes?after=" + first.get("version").asText());

        assertThat(texts(first.get("items"), "currency")).containsExactly("USD", "EUR");
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(texts(rest.get("items"), "rate")).containsExactly("12700.000000");
        assertThat(rest.get("more").asBoolean()).isFalse();
        assertThat(rest.get("items").get(0).hasNonNull("validFrom")).isTrue();
        assertThat(shop.get("/api/currency-rates/changes?after="
                                + rest.get("version").asText())
                        .get("items"))
                .isEmpty();
    }

    @Test
    void aRateOfALaterDateWaitsForIt() {
        set(Role.MANAGER, "USD", "\"12650\"").statusCode(200);
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Instant later = tomorrow.plusSeconds(1);
        set(Role.MANAGER, "USD", "\"12600\",\"validFrom\":\"" + tomorrow + "\"").statusCode(200);
        set(Role.ADMIN, "USD", "\"12700\",\"validFrom\":\"" + tomorrow + "\"").statusCode(200);
        set(Role.ADMIN, "USD", "\"12800\",\"validFrom\":\"" + later + "\"").statusCode(200);

        JsonNode before = shop.get("/api/currency-rates");
        assertThat(texts(before.get("items"), "rate")).containsExactly("12650.000000");
        assertThat(texts(before.get("waiting"), "rate")).containsExactly("12700.000000", "12800.000000");
        // The date of the first of them comes.
        Instant today = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        TestInfrastructure.execute(
                "update waiting_rates set valid_from = '%s' where ksb_id = '%s' and valid_from = '%s'"
                        .formatted(today, shop.ksbId(), tomorrow));

        within(Duration.ofSeconds(20), () -> assertThat(
                        texts(shop.get("/api/currency-rates").get("items"), "rate"))
                .containsExactly("12700.000000"));
        JsonNode history = shop.get("/api/currency-rates/USD/history");
        assertThat(texts(history.get("items"), "rate")).containsExactly("12700.000000", "12650.000000");
        assertThat(texts(history.get("items"), "setBy")).containsExactly("admin", "manager");
        assertThat(Instant.parse(history.get("items").get(0).get("validFrom").asText()))
                .isEqualTo(today);
        eventually(() -> assertThat(shop.events(Topics.RATES)).hasSize(2));
        assertThat(shop.get("/api/currency-rates").get("waiting")).hasSize(1);
    }

    @Test
    void aNewerRateIsNotReplacedByOneThatWaited() throws SQLException {
        TestInfrastructure.execute(
                "insert into waiting_rates values ('%s', 'USD', now() - interval '1 hour', 1, 'kecha')"
                        .formatted(shop.ksbId()),
                "insert into currency_rates (ksb_id, currency, rate, set_at, set_by) values ('%s', 'USD', 2, now(), 'bugun')"
                        .formatted(shop.ksbId()));

        within(
                Duration.ofSeconds(20),
                () -> assertThat(shop.get("/api/currency-rates").get("waiting")).isEmpty());
        assertThat(texts(shop.get("/api/currency-rates").get("items"), "setBy")).containsExactly("bugun");
    }

    @Test
    void manyWhoseTurnItIsSetARateThatIsDueOnce() throws SQLException {
        TestInfrastructure.execute(
                "insert into waiting_rates values ('%s', 'USD', now() - interval '1 second', 12900, 'kecha')"
                        .formatted(shop.ksbId()));

        Uni.join()
                .all(IntStream.range(0, 8).mapToObj(i -> waiting.setDue()).toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(20));

        eventually(() -> assertThat(shop.events(Topics.RATES)).hasSize(1));
        assertThat(texts(shop.get("/api/currency-rates").get("items"), "rate")).containsExactly("12900.000000");
        set(Role.MANAGER, "EUR", "\"14000\"").statusCode(200);
        eventually(() ->
                assertThat(shop.events(Topics.RATES).getLast().get("items")).hasSize(2));
        assertThat(shop.events(Topics.RATES)).hasSize(2);
    }

    @Test
    void datesOfRatesHaveLimits() {
        set(Role.MANAGER, "USD", "\"1\",\"validFrom\":\"2020-01-01T00:00:00Z\"").statusCode(422);
        set(Role.MANAGER, "USD", "\"1\",\"validFrom\":\"2099-01-01T00:00:00Z\"").statusCode(422);
        set(Role.MANAGER, "USD", "\"1\",\"validFrom\":\"ertaga\"").statusCode(400);
        Instant first = Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < 50; i++) {
            set(Role.MANAGER, "USD", "\"1\",\"validFrom\":\"" + first.plusSeconds(i) + "\"")
                    .statusCode(204);
        }
        set(Role.MANAGER, "USD", "\"1\",\"validFrom\":\"" + first.plusSeconds(50) + "\"")
                .statusCode(422);
    }

    @Test
    void anotherEnterpriseKeepsItsOwnRates() throws SQLException {
        Shop other = Shop.open();
        set(Role.MANAGER, "USD", "\"12650\"").statusCode(200);

        assertThat(other.get("/api/currency-rates").get("items")).isEmpty();
    }

    @Test
    void theSampleEnterprisesHaveTheirReferenceDataFromTheStart() {
        String token = Tokens.of("10000001", Role.CASHIER).sign();
        assertThat(ids(token, "units")).containsExactly("dona", "kg", "litr");
        assertThat(ids(token, "price-types")).containsExactly("chakana", "ulgurji");
        assertThat(ids(token, "warehouses")).containsExactly("asosiy", "ombor-2");
        assertThat(ids(token, "cash-desks")).containsExactly("naqd", "terminal");
        assertThat(ids(token, "currencies")).containsExactly("USD", "UZS");
        assertThat(ids(Tokens.of("10000002", Role.CASHIER).sign(), "currencies"))
                .containsExactly("GBP", "USD", "UZS");
        assertThat(ids(shop.token(Role.CASHIER), "cash-desks")).isEmpty();
        given().auth().oauth2(token).get("/api/reference/zavod").then().statusCode(404);
        given().get("/api/reference/units").then().statusCode(401);
        JsonNode rates = Shop.tree(
                given().auth().oauth2(token).get("/api/currency-rates").asString());
        assertThat(texts(rates.get("items"), "rate")).containsExactly("12650.000000");
    }

    private static List<String> ids(String token, String kind) {
        return texts(
                Shop.tree(given().auth()
                                .oauth2(token)
                                .get("/api/reference/" + kind)
                                .asString())
                        .get("items"),
                "id");
    }

    private ValidatableResponse set(Role role, String currency, String rate) {
        return shop.as(role)
                .contentType("application/json")
                .body("{\"rate\":" + rate + "}")
                .put("/api/currency-rates/" + currency)
                .then();
    }
}
