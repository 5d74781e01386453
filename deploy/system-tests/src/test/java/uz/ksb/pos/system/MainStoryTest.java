package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;

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

    /** Takes a product to the top of an open sale and completes it. @return what was paid */
    private BigDecimal sell(Api.Login till, String sale, JsonNode product) {
        String price = product.path("prices").path(0).path("price").asText();
        Api.Answer open = api.put(
                "/api/sales/" + sale,
                till.token(),
                Map.of(
                        "id",
                        sale,
                        "revision",
                        0,
                        "currency",
                        "UZS",
                        "lines",
                        List.of(Map.of(
                                "lineId", UUID.randomUUID(),
                                "productId", product.path("id").asText(),
                                "name", product.path("name").asText(),
                                "unit", product.path("unit").asText(),
                                "price", price,
                                "quantity", "2"))));
        assertThat(open.status()).as(open::body).isIn(200, 201);
        String total = open.json().path("total").asText();
        Api.Answer completed = api.post(
                "/api/sales/" + sale + "/completion",
                till.token(),
                Map.of(
                        "revision", open.json().path("revision").asInt(),
                        "total", total,
                        "payments", List.of(Map.of("kind", "CASH", "amount", total, "currency", "UZS")),
                        "completedAt", Instant.now().toString(),
                        "deviceSequence", ThreadLocalRandom.current().nextInt(1, 1_000_000)));
        assertThat(completed.status()).as(completed::body).isIn(200, 201);
        return new BigDecimal(total);
    }

    private List<JsonNode> crmRequests(String sync) {
        return java.util.stream.StreamSupport.stream(
                        system.backOffice().ask("crm").path("requests").spliterator(), false)
                .filter(request -> request.toString().contains(sync))
                .toList();
    }

    private static BigDecimal net(JsonNode totals) {
        return new BigDecimal(totals.path("net").asText("0"));
    }
}
