package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;

/** The largest batches, of tills that were offline for long. */
@Tag("long")
@ExtendWith(SharedSystem.class)
class LargeBatchTest {
    private static final String KSB_ID = "10000001";
    private static final int SALES = 500;
    private static final int LINES = 170;
    private static final String DAY = "2012-02-03";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final RunningSystem system;

    LargeBatchTest(RunningSystem system) {
        this.system = system;
    }

    /** While nothing can be published; then all of it is, and a list of all of it is read. */
    @Test
    void threeTillsThatBringFourteenMegabytesAtOnceAreRidOfAllOfIt() throws Exception {
        String token = system.api().loggedIn(KSB_ID, "kassir").token();
        long process = system.pid("sales-service");
        List<List<Map<String, Object>>> batches = IntStream.range(0, 3)
                .mapToObj(
                        till -> IntStream.range(0, SALES).mapToObj(i -> aSale()).toList())
                .toList();
        system.freeze("Kafka");
        try {
            for (Api.Answer answer :
                    atOnce(3, till -> system.api().post("/api/sales/batch", token, batches.get(till)))) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json().findValuesAsText("result"))
                        .hasSize(SALES)
                        .containsOnly("created");
            }
        } finally {
            system.goOn("Kafka");
        }
        within(LIMIT, () -> assertThat(waitingEvents()).isZero());
        assertThat(listed(token)).hasSize(3 * SALES).doesNotHaveDuplicates();
        assertThat(system.pid("sales-service")).as("one process all the time").isEqualTo(process);
    }

    private int waitingEvents() throws SQLException {
        try (Connection connection = system.salesDatabase();
                var rows = connection.createStatement().executeQuery("select count(*) from outbox")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private List<String> listed(String token) {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = system.api()
                    .get("/api/sales?from=" + DAY + "&to=" + DAY + "&limit=1000" + after, token)
                    .json();
            page.path("items").forEach(sale -> ids.add(sale.path("id").asText()));
            after = page.path("next").isTextual()
                    ? "&after=" + page.path("next").asText()
                    : "";
        } while (!after.isEmpty());
        return ids;
    }

    private static Map<String, Object> aSale() {
        return Map.of(
                "id",
                UUID.randomUUID().toString(),
                "currency",
                "UZS",
                "completedAt",
                DAY + "T10:00:00+05:00",
                "lines",
                IntStream.range(0, LINES)
                        .mapToObj(i -> Map.of(
                                "lineId", UUID.randomUUID().toString(),
                                "productId", "large-batch",
                                "name", "Шоколад қора 90 г",
                                "unit", "dona",
                                "price", "1000",
                                "quantity", "1"))
                        .toList(),
                "payments",
                List.of(Map.of("kind", "CASH", "amount", Integer.toString(1_000 * LINES))));
    }
}
