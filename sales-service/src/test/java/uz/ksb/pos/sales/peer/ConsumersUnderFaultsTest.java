package uz.ksb.pos.sales.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.allIsPublished;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.catalogue.CatalogueFixture.row;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.ConsumerGroups;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.sales.catalogue.CatalogueFixture;

/** Consumers whose offsets are lost, or whose database was away: nothing has a second effect, and nothing is lost. */
@QuarkusTest
class ConsumersUnderFaultsTest {
    private static final String STATE = """
            select md5(string_agg(row, ' ' order by row)) from (
              select c::text from customers c where ksb_id = '%1$s'
              union all select b::text from customer_balances b where ksb_id = '%1$s'
              union all select m::text from customer_movements m where ksb_id = '%1$s'
              union all select p::text from catalogue_products p where ksb_id = '%1$s'
              union all select p::text from catalogue_positions p where ksb_id = '%1$s'
              union all select r::text from currency_rates r where ksb_id = '%1$s'
              union all select r::text from enterprise_rules r where ksb_id = '%1$s'
              union all select s::text from sales s where ksb_id = '%1$s'
              union all select t::text from sold_stock t where ksb_id = '%1$s') as rows (row)""";

    private final String ksbId = anEnterprise();
    private final CatalogueFixture house = new CatalogueFixture(ksbId);
    private final UUID anna = anId();
    private final UUID sync = anId();

    @Test
    void aGroupThatLostItsOffsetsDoublesNothing() throws Exception {
        house.given(row("p1", 1, "UZS", "10000", "100"));
        house.given(row("p1", 2, "UZS", "11000", "90"));
        house.rule(1, "FORBID");
        house.tell(
                Topics.RATES,
                "rates.changed",
                anId(),
                "{\"items\": [{\"currency\": \"USD\", \"version\": 1, \"rate\": \"12650\", \"setAt\": \"2026-11-01T00:00:00Z\"}]}");
        customersArrive();
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", anId(), "kind", "CASH", "amount", "300"))
                .post("/api/customers/" + anna + "/payments")
                .then()
                .statusCode(200);
        aCompletedSale(ksbId);
        eventually(() -> assertThat(query("select count(*) from currency_rates where ksb_id = '" + ksbId + "'"))
                .isEqualTo(1L));
        allIsPublished();
        Object before = query(STATE.formatted(ksbId));
        List<?> told = told();

        ConsumerGroups.loseOffsets("sales-service");

        assertThat(query(STATE.formatted(ksbId))).isEqualTo(before);
        allIsPublished();
        assertThat(told()).isEqualTo(told);
        as(ksbId, Role.CASHIER)
                .get("/api/customers/" + anna)
                .then()
                .body("balances[0].amount", org.hamcrest.Matchers.equalTo("-700.00"));
    }

    @Test
    void consumersGoOnAfterTheDatabaseWasFrozen() {
        house.given(row("p1", 1, "UZS", "10000", "100"));
        try (TestInfrastructure.Frozen frozen = TestInfrastructure.frozenDatabase()) {
            house.tell(anId(), row("p1", 2, "UZS", "11000", "90"));
            tellCustomers("customers.rows", rows(1));
            // By then the consumers have lost their connections too.
            as(ksbId, Role.CASHIER).get("/api/customers").then().statusCode(503);
            as(ksbId, Role.CASHIER).get("/api/sales").then().statusCode(503);
        }
        house.known("p1", 2);
        eventually(() ->
                as(ksbId, Role.CASHIER).get("/api/customers/" + anna).then().statusCode(200));
        for (String topic : List.of(Topics.PRODUCTS, Topics.CUSTOMER_UPDATES)) {
            assertThat(TopicReader.all(Topics.deadLetters(topic), event -> ksbId.equals(event.key())))
                    .isEmpty();
        }
    }

    private void customersArrive() {
        tellCustomers("customers.rows", rows(1));
        tellCustomers("part.end", "{\"syncId\":\"%s\",\"part\":\"customers\",\"chunks\":1,\"rows\":1}".formatted(sync));
        eventually(() ->
                as(ksbId, Role.CASHIER).get("/api/customers/" + anna).then().statusCode(200));
    }

    private String rows(int chunk) {
        return """
                {"syncId":"%s","part":"customers","chunk":%d,"rows":[
                {"id":"%s","version":1,"name":"Anna","balances":[{"currency":"UZS","amount":"-1000"}]}]}""".formatted(sync, chunk, anna);
    }

    private void tellCustomers(String type, String data) {
        house.tell(Topics.CUSTOMER_UPDATES, type, anId(), data);
    }

    private List<?> told() {
        return TopicReader.all(Topics.CUSTOMERS, event -> event.key().equals(ksbId)).stream()
                .map(TopicReader.Published::data)
                .toList();
    }
}
