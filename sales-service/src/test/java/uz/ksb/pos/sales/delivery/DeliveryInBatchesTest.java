package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;

/** Several sales in one call: the back office answers them in another order, so place says nothing. */
@QuarkusTest
@TestProfile(DeliveryInBatchesTest.InBatches.class)
@QuarkusTestResource(SalesBackOffice.class)
class DeliveryInBatchesTest {
    private static final AtomicInteger NEXT = new AtomicInteger(30_000_060);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SALES = 10;

    private final String ksbId = Integer.toString(NEXT.incrementAndGet());
    private final SimulatedBackOffice office = new SimulatedBackOffice(ksbId);
    private final List<UUID> ids =
            IntStream.range(0, SALES).mapToObj(i -> anId()).toList();

    /** Up to 50 sales in one call. */
    public static final class InBatches implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("pos.back-office.batch", "50");
        }
    }

    @Test
    void anAnswerIsMatchedByItsDocumentNotByItsPlace() {
        office.misbehave(
                "create_sales", Map.of("refuseDocuments", List.of(ids.get(2), ids.get(3)), "shuffledRows", true));
        bring();

        within(LIMIT, () -> assertThat(ids)
                .extracting(this::status)
                .containsExactlyElementsOf(IntStream.range(0, SALES)
                        .mapToObj(i -> i == 2 || i == 3 ? "REJECTED" : "DELIVERED")
                        .toList()));
        assertThat(office.requests("create_sales"))
                .anySatisfy(
                        request -> assertThat(request.json().getList("sales")).hasSize(SALES));
        assertThat(office.documents())
                .hasSize(SALES - 2)
                .doesNotContain(ids.get(2).toString(), ids.get(3).toString());
    }

    @Test
    void aSaleThatTheAnswerLeavesOutIsSentAgainAndTheOthersAreNot() {
        office.misbehave("create_sales", Map.of("missingRowRate", 0.5, "times", 1, "shuffledRows", true));
        bring();

        within(LIMIT, () -> assertThat(ids).extracting(this::status).containsOnly("DELIVERED"));
        assertThat(office.sales().getInt("repeated")).isBetween(1, SALES - 1);
        assertThat(office.documents()).hasSize(SALES);
    }

    @Test
    void aLostAnswerToManySalesMakesNoSecondDocument() {
        office.misbehave("create_sales", Map.of("lostAnswerRate", 1, "times", 1));
        bring();

        within(LIMIT, () -> assertThat(ids).extracting(this::status).containsOnly("DELIVERED"));
        assertThat(office.documents()).hasSize(SALES);
    }

    /** All in one transaction, so that one call finds them all. */
    private void bring() {
        batch(
                        ksbId,
                        IntStream.range(0, SALES)
                                .mapToObj(i -> aFinishedSale(ids.get(i), "2026-11-01T10:00:0" + i + "+05:00"))
                                .toList())
                .statusCode(200);
    }

    private String status(UUID id) {
        return as(ksbId, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("deliveryStatus");
    }
}
