package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.kubernetes.Project;

/** A real Prometheus reads the running system: a fault makes its alert fire, and the end of the fault ends it. */
@Tag("long")
@ExtendWith(SharedSystem.class)
class AlertsTest {
    private static final Duration LIMIT = AlertWatch.LIMIT;

    private final RunningSystem system;
    private AlertWatch watch;

    AlertsTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void watch() throws IOException {
        watch = new AlertWatch(system);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (watch != null) {
            watch.close();
        }
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

    /** Longer than any request may hold one. */
    static void lock(Connection connection, String table) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = 0; set idle_in_transaction_session_timeout = 0");
            connection.commit();
            statement.execute("lock table " + table + " in access exclusive mode");
        }
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
