package uz.ksb.pos.sales.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.sales.sale.store.SaleRepository;

@QuarkusTest
class EmptySaleCleanupTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    SaleRepository sales;

    @Inject
    Outbox outbox;

    private final String ksbId = anEnterprise();

    private record Settings(Duration every, Duration idle, int batch) implements CleanupConfig {
        @Override
        public Optional<String> look() {
            return Optional.empty();
        }
    }

    @BeforeEach
    void theServiceStartsForTheFirstTime() throws SQLException {
        execute("delete from sales where status = 'OPEN' and changed_at < now() - interval '1 hour'");
        execute("delete from empty_sale_runs");
        execute("delete from empty_sale_schedule");
    }

    @AfterEach
    void noRunIsDueInOtherTests() throws SQLException {
        execute("update empty_sale_schedule set last_run_at = now()");
    }

    @Test
    void restartsAndReplicasMakeOneRunInTwoDays() throws SQLException {
        for (int hour = 0; hour <= 90; hour += 10) {
            together(replica(hour), replica(hour));
            long runs = (Long) query("select count(*) from empty_sale_runs");
            assertThat(runs).as("after %d hours", hour).isEqualTo(hour < 48 ? 0 : 1);
        }
        together(replica(100), replica(100));
        assertThat(query("select count(*) from empty_sale_runs where finished_at is not null"))
                .isEqualTo(2L);
    }

    @Test
    void exactlyTheOpenEmptyIdleSalesAreDeletedAndTold() throws SQLException {
        UUID empty = anEmptySale();
        UUID emptyAgain = anEmptySale();
        put(ksbId, changed(emptyAgain, 1, aSale(emptyAgain).get("lines"))).statusCode(200);
        put(ksbId, changed(emptyAgain, 2, List.of())).statusCode(200);
        UUID withLines = anId();
        put(ksbId, aSale(withLines)).statusCode(200);
        UUID trashed = anEmptySale();
        as(ksbId, Role.CASHIER).delete("/api/sales/" + trashed).then().statusCode(204);
        UUID completed = aCompletedSale(ksbId);
        age();
        UUID touched = anEmptySale();

        replica(0).look().await().atMost(LIMIT);
        replica(49).look().await().atMost(LIMIT);

        assertThat(Stream.of(empty, emptyAgain)).noneMatch(this::isThere);
        assertThat(Stream.of(withLines, trashed, completed, touched)).allMatch(this::isThere);
        eventually(() -> assertThat(TopicReader.all(
                                Topics.SALES,
                                event -> event.event().type().equals("sale.deleted") && ksbId.equals(event.key()))
                        .stream()
                        .map(event -> event.event().subject()))
                .containsExactlyInAnyOrder(empty.toString(), emptyAgain.toString()));
    }

    @Test
    void aRunOfAKilledProcessIsFinishedByAnother() throws SQLException {
        List<UUID> empty = IntStream.range(0, 5).mapToObj(i -> anEmptySale()).toList();
        age();
        replica(0).look().await().atMost(LIMIT);
        Replica killed = replica(49, 2);
        killed.runs().beginIfDue(Duration.ofDays(2)).await().atMost(LIMIT);
        assertThat(killed.cleaning().deleteSome().await().atMost(LIMIT)).isTrue();
        assertThat(query("select deleted from empty_sale_runs where finished_at is null"))
                .isEqualTo(2);

        together(replica(50, 2), replica(50, 2));

        assertThat(empty).noneMatch(this::isThere);
        assertThat(query("select sum(deleted) from empty_sale_runs")).isEqualTo(5L);
        assertThat(query("select count(*) from empty_sale_runs where finished_at is not null"))
                .isEqualTo(1L);
    }

    @Test
    void theEventIsAsItsExampleSays() throws IOException {
        ObjectMapper json = new ObjectMapper();
        UUID id = UUID.fromString("019a9f4e-0000-7000-8000-000000000001");
        try (InputStream example = EmptySaleCleanupTest.class.getResourceAsStream("/golden/events/sale.deleted.json")) {
            assertThat(json.<JsonNode>valueToTree(new EmptySaleCleanup.SaleDeleted(id, 2)))
                    .hasToString(json.readTree(example).toString());
        }
    }

    @Test
    void aSaleThatCannotBeReadStopsNoOtherEnterprise() throws SQLException {
        UUID unreadable = anEmptySale();
        UUID other = anEmptySale();
        age();
        execute("update sales set discount_percent = 'NaN', flags = '{}' where id = '" + unreadable + "'");
        replica(0).look().await().atMost(LIMIT);
        replica(49).look().await().atMost(LIMIT);
        assertThat(Stream.of(unreadable, other)).noneMatch(this::isThere);
    }

    @Test
    void aTillThatHoldsASaleAtThatMomentKeepsIt() throws SQLException {
        UUID held = anEmptySale();
        UUID other = anEmptySale();
        age();
        replica(0).look().await().atMost(LIMIT);
        try (Connection till = TestInfrastructure.database()) {
            till.setAutoCommit(false);
            till.createStatement().execute("select from sales where id = '" + held + "' for update");
            replica(49).look().await().atMost(LIMIT);
            till.rollback();
        }
        assertThat(isThere(held)).isTrue();
        assertThat(isThere(other)).isFalse();
    }

    @Test
    void tillsThatAddALineWhileItRunsKeepTheirSales() throws Exception {
        List<UUID> empty = IntStream.range(0, 60).mapToObj(i -> anEmptySale()).toList();
        age();
        replica(0).look().await().atMost(LIMIT);
        try (var tills = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writing = empty.stream()
                    .<Future<?>>map(id -> tills.submit(() ->
                            put(ksbId, changed(id, 1, aSale(id).get("lines"))).statusCode(200)))
                    .toList();
            replica(49, 7).look().await().atMost(LIMIT);
            for (Future<?> written : writing) {
                written.get();
            }
        }
        assertThat(query("select count(*) from sales where ksb_id = '" + ksbId + "' and lines <> '[]'"))
                .isEqualTo(60L);
    }

    /** A process with the service's clean-up, some hours later; its clock tells only when a run is due. */
    private record Replica(EmptySaleCleanup cleaning, CleanupRuns runs) {
        Uni<Void> look() {
            return cleaning.cleanIfDue();
        }
    }

    private Replica replica(int hour) {
        return replica(hour, 200);
    }

    private Replica replica(int hour, int batch) {
        Settings settings = new Settings(Duration.ofDays(2), Duration.ofHours(2), batch);
        Duration offset = Duration.ofHours(hour);
        return new Replica(
                new EmptySaleCleanup(settings, pool, sales, outbox, new DatabaseClock(offset)),
                new CleanupRuns(pool, new DatabaseClock(offset)));
    }

    private static void together(Replica one, Replica other) {
        Uni.join().all(one.look(), other.look()).andFailFast().await().atMost(LIMIT);
    }

    private UUID anEmptySale() {
        UUID id = anId();
        put(ksbId, changed(id, 0, List.of())).statusCode(200);
        return id;
    }

    private static Map<String, Object> changed(UUID id, int seen, Object lines) {
        Map<String, Object> sale = aSale(id);
        sale.put("revision", seen);
        sale.put("lines", lines);
        return sale;
    }

    /** Three hours pass for the sales there are. */
    private void age() throws SQLException {
        execute("update sales set changed_at = changed_at - interval '3 hours' where ksb_id = '" + ksbId + "'");
    }

    private boolean isThere(UUID id) {
        try {
            return (Long) query("select count(*) from sales where id = '" + id + "'") == 1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
