package uz.ksb.pos.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;
import static uz.ksb.pos.sync.TillOfSync.part;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.platform.testing.TopicReader;

/** Back offices that misbehave, and people who change their mind. */
@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class SyncFaultsTest extends SyncRunTest {
    private final TillOfSync till = TillOfSync.another();
    private final SimulatedBackOffice office = till.office();

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Map.of("htmlRate", 1), "back-office-unreadable"),
                Arguments.of(Map.of("halfAnswerRate", 1), "back-office-unreadable"),
                Arguments.of(Map.of("errorRate", 1), "back-office-error"),
                Arguments.of(Map.of("status", 401, "body", ""), "back-office-login"),
                Arguments.of(Map.of("silentForSeconds", 300), "back-office-silent"),
                Arguments.of(Map.of("latencyMs", 300_000), "back-office-silent"),
                Arguments.of(Map.of("lostAnswerRate", 1), "back-office-unreachable"),
                Arguments.of(Map.of("downForSeconds", 300), "back-office-unreachable"),
                Arguments.of(
                        Map.of("status", 200, "body", "{\"status\":\"successfully\",\"item\":[\"1\"],\"detail\":[]}"),
                        "back-office-incomplete"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultThatStaysEndsTheRunWithItsReason(Map<String, Object> fault, String code) {
        office.product(Map.of("id", "p-1", "name", "Shakar"));
        office.misbehave("product_update", fault);

        JsonPath failed = till.ended(till.start(), "FAILED");

        assertThat(failed.getString(part("products", "reasonCode"))).isEqualTo(code);
        assertThat(failed.getString(part("products", "reason"))).isNotBlank();
        assertThat(failed.getString(part("units", "state"))).isEqualTo("APPLIED");
        assertThat(till.confirmed("product_update")).isEmpty();
        SimulatedBackOffice.worksAgain();
        JsonPath next = till.ended(till.start(), "COMPLETED");
        assertThat(next.getInt(part("products", "received"))).isEqualTo(1);
        assertThat(next.getString(part("products", "reasonCode"))).isNull();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultThatPassesIsMendedByTheNextTry(Map<String, Object> fault, String code) {
        if (fault.containsKey("latencyMs") || fault.containsKey("downForSeconds")) {
            return; // These two do not count requests.
        }
        office.product(Map.of("id", "p-1", "name", "Shakar"));
        office.misbehave("product_update", with(fault, "times", 1));

        till.ended(till.start(), "COMPLETED");

        assertThat(office.requests("product_update")).hasSize(2);
        assertThat(till.confirmed("product_update")).containsExactly(1);
    }

    private static Map<String, Object> with(Map<String, Object> fault, String name, Object value) {
        Map<String, Object> more = new HashMap<>(fault);
        more.put(name, value);
        return more;
    }

    @Test
    void aTillThatIsNotAdmittedLearnsTheReason() {
        office.misbehave("permission", Map.of("deniedDevices", List.of(till.device())));

        assertThat(till.ended(till.start(), "FAILED").getString("parts[0].reasonCode"))
                .isEqualTo("device-not-admitted");
    }

    @Test
    void rowsThatComeTwiceAreConfirmedAndTheRunEnds() {
        office.product(Map.of("id", "p-1", "name", "Shakar"));
        office.misbehave("product_update", Map.of("rowsTwice", 1));

        JsonPath sync = till.ended(till.start(), "COMPLETED");

        assertThat(sync.getInt(part("products", "received"))).isEqualTo(2);
        assertThat(office.confirmations().getInt("confirmed.product_update")).isEqualTo(1);
    }

    @Test
    void aRowThatPointsNowhereComesAgainWithTheNextRun() {
        office.product(Map.of("id", "p-1", "name", "Shakar"));
        office.product(Map.of("id", "p-2", "name", "Choy"));
        office.misbehave("product_update", Map.of("indexesOutOfRange", 1));
        JsonPath first = till.ended(till.start(), "COMPLETED");
        assertThat(first.getInt(part("products", "rejectedCount"))).isEqualTo(1);
        assertThat(first.getString(part("products", "rejected[0].id"))).isEqualTo("p-1");
        assertThat(till.confirmed("product_update")).containsExactly(1);
        SimulatedBackOffice.worksAgain();

        JsonPath second = till.ended(till.start(), "COMPLETED");

        assertThat(second.getInt(part("products", "received"))).as("p-1 alone").isEqualTo(1);
        assertThat(second.getInt(part("products", "rejectedCount"))).isZero();
        assertThat(till.confirmed("product_update")).containsExactly(1, 1);
    }

    @Test
    void aRunMayBeCancelledAtAnyMoment() throws SQLException {
        for (String moment : List.of("permission", "symbol", "currency", "product_update", "client", "remove")) {
            SimulatedBackOffice.worksAgain();
            office.product(Map.of("id", "p-1", "name", "Shakar, " + moment));
            office.misbehave(moment, Map.of("latencyMs", 300));
            int before = office.requests(moment).size();
            String id = till.start();
            eventually(() -> assertThat(office.requests(moment))
                    .as(() -> moment + " of " + till.sync(id).prettify())
                    .hasSizeGreaterThan(before));

            till.cancel(id);

            assertThat(till.sync(id).getString("status")).isEqualTo("CANCELLED");
        }
        SimulatedBackOffice.worksAgain();
        // No run of the till has ended well yet, so none has started a cooldown.
        JsonPath last = till.ended(till.start(), "COMPLETED");
        assertThat(last.getList("parts.state", String.class)).containsOnly("APPLIED");
        assertThat(query("select count(*) from sync_chunks c join syncs s on s.id = c.sync_id where s.ksb_id = '"
                        + till.ksbId() + "'"))
                .as("ids of rows that nobody will confirm any more")
                .isEqualTo(0L);
    }

    @Test
    void theLicenceOfTheCrmCountsAndItsSilenceChangesNothing() {
        office.misbehave("ksb-info", Map.of("status", 200, "body", """
                {"status": "active", "licenceUntil": "2099-01-31"}"""));
        assertThat(enterprise(till.start())).contains("\"licenceUntil\":\"2099-01-31\"");

        for (Map<String, Object> fault : List.<Map<String, Object>>of(
                Map.of("status", 500),
                Map.of("htmlRate", 1),
                Map.of("lostAnswerRate", 1),
                Map.of("status", 200, "body", "{\"licenceUntil\":\"soon\"}"),
                Map.of("status", 200, "body", "{\"licenceUntil\":\"2099-01-31\"" + " ".repeat(70_000) + "}"))) {
            SimulatedBackOffice.worksAgain();
            office.misbehave("ksb-info", fault);
            TillOfSync another = new TillOfSync(till.ksbId(), UUID.randomUUID().toString());
            assertThat(enterprise(another.start())).doesNotContain("licenceUntil");
        }
    }

    /** The enterprise's row of a run that has ended well. */
    private String enterprise(String id) {
        till.ended(id, "COMPLETED");
        return TopicReader.all(
                        Topics.SETTINGS_UPDATES,
                        one -> one.event().type().equals("enterprise.rows")
                                && id.equals(one.event().subject()))
                .toString();
    }

    @Test
    void progressIsToldOften() {
        office.answer("client", clients(12_000));

        String id = till.start();
        till.ended(id, "COMPLETED");

        List<JsonPath> progress = till.events(id).stream()
                .filter(one -> one.event().type().equals("sync.progress"))
                .map(TopicReader.Published::data)
                .map(JsonPath::from)
                .toList();
        assertThat(progress.stream().map(one -> one.getString(part("customers", "state"))))
                .containsSubsequence("WAITING", "READING", "APPLYING", "APPLIED");
        assertThat(progress.stream()
                        .filter(one -> one.getString(part("customers", "state")).equals("READING"))
                        .map(one -> one.getInt(part("customers", "received"))))
                .containsExactly(0, 5_000, 10_000);
    }

    private static String clients(int count) {
        StringBuilder ids = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        for (int client = 0; client < count; client++) {
            ids.append(client == 0 ? "" : ",").append("\"c-").append(client).append('"');
            rows.append(client == 0 ? "" : ",").append("{\"name\":\"Ali\"}");
        }
        return "{\"status\":\"successfully\",\"object\":\"client\",\"item\":[" + ids + "],\"detail\":[" + rows + "]}";
    }
}
