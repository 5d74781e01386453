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
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;

/** Several sales in one call: the back office answers them last first, so place says nothing. */
@QuarkusTest
@TestProfile(DeliveryInBatchesTest.InBatches.class)
@QuarkusTestResource(FakeBackOffice.class)
class DeliveryInBatchesTest {
    private static final AtomicInteger NEXT = new AtomicInteger(30_000_060);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SALES = 10;

    private final String ksbId = Integer.toString(NEXT.incrementAndGet());
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
        bring(Map.of(2, FakeBackOffice.REFUSED, 3, FakeBackOffice.REFUSED));

        within(LIMIT, () -> assertThat(ids)
                .extracting(this::status)
                .containsExactlyElementsOf(IntStream.range(0, SALES)
                        .mapToObj(i -> i == 2 || i == 3 ? "REJECTED" : "DELIVERED")
                        .toList()));
        assertThat(documents().getList("sizes", Integer.class)).contains(SALES);
        assertThat(documents().getMap("documents"))
                .hasSize(SALES - 2)
                .doesNotContainKeys(ids.get(2).toString(), ids.get(3).toString());
    }

    @Test
    void aSaleThatTheAnswerLeavesOutIsSentAgainAndTheOthersAreNot() {
        mode("half");
        bring(Map.of());

        within(LIMIT, () -> assertThat(ids).extracting(this::status).containsOnly("DELIVERED"));
        // Answered last first: the row left out is that of the newest sale.
        List<String> sent = documents().getList("calls");
        assertThat(sent).hasSize(SALES + 1).last().isEqualTo(ids.getLast().toString());
        assertThat(documents().getMap("documents")).hasSize(SALES);
    }

    @Test
    void aLostAnswerToManySalesMakesNoSecondDocument() {
        mode("lost");
        bring(Map.of());

        within(LIMIT, () -> assertThat(ids).extracting(this::status).containsOnly("DELIVERED"));
        assertThat(documents().getMap("documents")).hasSize(SALES);
    }

    /** All in one transaction, so that one call finds them all. */
    private void bring(Map<Integer, String> comments) {
        batch(
                        ksbId,
                        IntStream.range(0, SALES)
                                .mapToObj(i -> {
                                    Map<String, Object> sale =
                                            aFinishedSale(ids.get(i), "2026-11-01T10:00:0" + i + "+05:00");
                                    sale.put("comment", comments.get(i));
                                    return sale;
                                })
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

    private JsonPath documents() {
        return RestAssured.get(System.getProperty(FakeBackOffice.ADDRESS) + "/_documents?ksb_id=" + ksbId)
                .jsonPath();
    }

    private void mode(String mode) {
        RestAssured.get(System.getProperty(FakeBackOffice.ADDRESS) + "/_mode?ksb_id=" + ksbId + "&mode=" + mode);
    }
}
