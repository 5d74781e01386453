package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.kubernetes.Project;

/** Faults of processes, Kafka and PostgreSQL. */
class AlertsTest extends WatchedSystemTest {
    AlertsTest(RunningSystem system) {
        super(system);
    }

    /** The events that waited come late to the screens. */
    @Test
    void kafkaAwayShowsInTheOutboxAndAtTheGateway() throws Exception {
        system.freeze("Kafka");
        try {
            watch.fires("OutboxOld sales-service", "GatewayBehind realtime-gateway");
        } finally {
            system.goOn("Kafka");
        }
        watch.fires("LiveSlowBurnFast", "LiveSlowBurnSlow");
        watch.quiet();
        watch.ended("LiveSlowBurnFast", "LiveSlowBurnSlow");
    }

    @Test
    void aFrozenDatabaseIsSilentAndFailsSales() throws Exception {
        system.freezeAll("PostgreSQL");
        try {
            watch.fires(
                    "SalesErrorsBurnFast",
                    "SalesErrorsBurnSlow",
                    "DatabaseSilent sales-service",
                    "DatabaseSilent settings-service");
        } finally {
            system.allGoOn("PostgreSQL");
        }
        watch.quiet();
    }

    /** One enterprise alone cannot fill it. */
    @Test
    void aLockedTableFillsThePoolAndMakesSalesSlow() throws Exception {
        Map<String, String> currencies = Map.of("10000001", "UZS", KSB_ID, "GBP");
        try (ExecutorService tills = Executors.newVirtualThreadPerTaskExecutor();
                Connection locking = system.salesDatabase()) {
            lock(locking, "sales");
            currencies.forEach((ksbId, currency) -> {
                String token = system.api().loggedIn(ksbId, "kassir").token();
                for (int till = 0; till < 20; till++) {
                    tills.execute(() -> sellOnce(token, currency));
                }
            });
            watch.fires("DatabasePoolFull sales-service", "SalesSlowBurnFast", "SalesSlowBurnSlow");
        }
        watch.quiet();
        watch.ended("SalesSlowBurnFast", "SalesSlowBurnSlow");
    }

    private void sellOnce(String token, String currency) {
        FinishedSale sale = FinishedSale.now(currency, "locked", "12.50");
        within(LIMIT, () -> assertThat(system.api()
                        .post("/api/sales/batch", token, List.of(sale.document()))
                        .status())
                .isEqualTo(200));
    }

    @Test
    void aServiceThatDoesNotAnswerIsDown() throws Exception {
        system.freeze("sync-service");
        try {
            watch.fires("ServiceDown sync-service");
        } finally {
            system.goOn("sync-service");
        }
        watch.quiet();
    }

    /** The last process is young: what it spends on garbage from now on is most of what it does. */
    @Test
    void aServiceThatKeepsEndingAndOneWithoutMemoryAreNamed() throws Exception {
        for (int starts = 1; starts <= 4; starts++) {
            long killed = system.pid("sync-service");
            system.kill("sync-service");
            String seen = "changes(process_start_time_seconds{job=\"sync-service\"}[1h]) >= " + starts;
            within(LIMIT, () -> {
                assertThat(system.pid("sync-service")).isNotEqualTo(killed);
                assertThat(watch.prometheus().series(seen)).isOne();
            });
        }
        watch.fires("ServiceRestarts sync-service");

        try (GarbageCollecting collecting = GarbageCollecting.of(system.pid("sync-service"))) {
            watch.fires("HeapFull sync-service");
        }
        watch.quiet();
    }

    /** All but those of a cluster, and of events that do not happen here. */
    @Test
    void everyPanelOfTheDashboardsShowsSomething() {
        Set<String> silent = new TreeSet<>(List.of(
                "pos_delivery_age_seconds",
                "pos_licence_left_seconds",
                "/api/sales/{id}/completion",
                "http_server_requests_seconds_count{status!~\"2..|304\"}"));
        clusterMetrics().forEach(silent::add);
        within(LIMIT, () -> assertThat(Prometheus.queriesOfDashboards())
                .hasSizeGreaterThan(30)
                .filteredOn(query -> silent.stream().noneMatch(query::contains))
                .allSatisfy(query ->
                        assertThat(watch.prometheus().series(query)).as(query).isPositive()));
    }

    private static Stream<String> clusterMetrics() {
        return Project.text("deploy/observability/metrics/cluster.txt")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("up"))
                .map(line -> line.split("[{]", 2)[0]);
    }
}
