package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;
import uz.ksb.pos.till.TillSale;

/** From the back office to a live screen, and back: the system's reason, over its public interfaces only. */
@ExtendWith(SharedSystem.class)
class MainStoryTest {

    private static final String KSB_ID = "10000001";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningSystem system;
    private final Api api;

    MainStoryTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @Test
    void aFirstSyncBringsEverythingAndTheCrmIsToldOnce() {
        Api.Login till = api.loggedIn(KSB_ID, "kassir");

        String sync =
                api.post("/api/syncs", till.token(), Map.of()).json().path("id").asText();

        within(PATIENCE, () -> {
            JsonNode now = api.get("/api/syncs/" + sync, till.token()).json();
            assertThat(now.path("status").asText()).as(now::toString).isEqualTo("COMPLETED");
        });
        JsonNode count = api.get("/api/products/count", till.token()).json();
        assertThat(count.path("products").asInt()).isGreaterThanOrEqualTo(300);
        assertThat(api.get("/api/customers/count", till.token())
                        .json()
                        .path("count")
                        .asInt())
                .isGreaterThanOrEqualTo(60);
        assertThat(system.backOffice()
                        .ask("confirmations?ksb_id=" + KSB_ID)
                        .path("confirmed")
                        .path("product_update")
                        .asInt())
                .isGreaterThanOrEqualTo(300);
        assertThat(TopicReader.all(system.kafka(), "pos.sync.v1").stream()
                        .filter(event -> event.event().type().equals("sync.completed"))
                        .filter(event -> sync.equals(event.event().subject())))
                .hasSize(1);
        within(PATIENCE, () -> assertThat(crmRequests(sync)).hasSize(1));
        assertThat(system.backOffice().ask("crm").path("refused").asInt()).isZero();
    }

    @Test
    void aSaleIsSeenAtAnotherTillAtOnceAndReachesTheBackOfficeOnce() {
        Api.Login seller = api.loggedIn(KSB_ID, "kassir");
        Api.Login watcher = api.loggedIn(KSB_ID, "menejer");
        JsonNode product = api.get("/api/products?limit=1", seller.token())
                .json()
                .path("items")
                .path(0);
        String sale = UUID.randomUUID().toString();
        try (LiveTill screen = new LiveTill(system.portBase(), watcher.token(), "totals", "sales")) {
            BigDecimal before = net(
                    screen.await("snapshot", frame -> frame.path("op").asText().equals("snapshot"))
                            .path("data"));

            BigDecimal total = sell(seller, sale, product);

            screen.awaitEvent("sale.opened", data -> sale.equals(data.path("id").asText()));
            screen.awaitEvent(
                    "sale.completed", data -> sale.equals(data.path("id").asText()));
            screen.awaitEvent("totals.changed", data -> net(data).compareTo(before.add(total)) >= 0);
            screen.awaitEvent(
                    "sale.delivered", data -> sale.equals(data.path("id").asText()));
        }
        assertThat(api.get("/api/sales/" + sale, seller.token())
                        .json()
                        .path("deliveryStatus")
                        .asText())
                .isEqualTo("DELIVERED");
        assertThat(system.backOffice().ask("sales?limit=10&document=" + sale).path("sales"))
                .hasSize(1);
        String foreign = api.loggedIn("10000002", "admin").token();
        assertThat(api.get("/api/sales/" + sale, foreign).status()).isEqualTo(404);
    }

    @Test
    void nothingOfOneEnterpriseIsHeardInAnother() {
        Api.Login seller = api.loggedIn(KSB_ID, "kassir");
        Api.Login stranger = api.loggedIn("10000002", "admin");
        JsonNode product = api.get("/api/products?limit=1", seller.token())
                .json()
                .path("items")
                .path(0);
        String sale = UUID.randomUUID().toString();
        try (LiveTill own = new LiveTill(system.portBase(), seller.token(), "sales");
                LiveTill foreign = new LiveTill(
                        system.portBase(), stranger.token(), "totals", "sales", "products", "sale:" + sale)) {
            sell(seller, sale, product);

            own.awaitEvent("sale.completed", data -> sale.equals(data.path("id").asText()));
            assertThat(foreign.heard())
                    .extracting(JsonNode::toString)
                    .noneMatch(frame -> frame.contains(KSB_ID))
                    .noneMatch(frame -> frame.contains(sale) && frame.contains("\"status\":"));
        }
    }

    /** Sells two of a product. @return what was paid */
    private BigDecimal sell(Api.Login till, String sale, JsonNode product) {
        Map<String, Object> line = TillSale.line(
                product.path("id").asText(),
                product.path("name").asText(),
                product.path("unit").asText(),
                product.path("prices").path(0).path("price").asText(),
                "2");
        return new BigDecimal(new OnlineSale(api, till, sale).sell(line));
    }

    private List<JsonNode> crmRequests(String sync) {
        return StreamSupport.stream(
                        system.backOffice().ask("crm").path("requests").spliterator(), false)
                .filter(request -> request.toString().contains(sync))
                .toList();
    }

    private static BigDecimal net(JsonNode totals) {
        return new BigDecimal(totals.path("net").asText("0"));
    }
}
