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
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final RunningSystem system;
    private Prometheus prometheus;
    private Seller seller;

    AlertsTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void watch() throws IOException {
        prometheus = Prometheus.reading(system);
        seller = new Seller(system, KSB_ID, 50);
        within(LIMIT, () -> assertThat(prometheus.targets()).hasSize(5).allSatisfy((job, health) -> assertThat(health)
                .isEqualTo("up")));
        quiet();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (prometheus != null) {
            seller.close();
            prometheus.close();
        }
    }

    @Test
    void kafkaAwayShowsInTheOutboxAndAtTheGateway() throws Exception {
        system.freeze("Kafka");
        try {
            fires("OutboxOld sales-service");
            fires("GatewayBehind realtime-gateway");
        } finally {
            system.goOn("Kafka");
        }
        quiet();
    }

    @Test
    void aFrozenDatabaseIsSilentAndFailsSales() throws Exception {
        system.freezeAll("PostgreSQL");
        try {
            fires("SalesErrorsBurnFast");
            fires("DatabaseSilent sales-service");
            fires("DatabaseSilent settings-service");
        } finally {
            system.allGoOn("PostgreSQL");
        }
        quiet();
    }

    @Test
    void aServiceThatDoesNotAnswerIsDown() throws Exception {
        system.freeze("sync-service");
        try {
            fires("ServiceDown sync-service");
        } finally {
            system.goOn("sync-service");
        }
        quiet();
    }

    @Test
    void garbageInTheTopicsIsPoison() throws Exception {
        Garbage.publish(system.kafka(), KSB_ID);
        fires("PoisonMessages product-service");
        quiet();
    }

    @Test
    void aLicenceThatEndsSoonIsNamed() throws Exception {
        licence("current_date + 3");
        try {
            fires("LicenceEnds");
        } finally {
            licence("date '2030-12-31'");
        }
        quiet();
    }

    private void licence(String until) throws SQLException {
        try (Connection connection = system.database("settings");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "update enterprises set licence_until = %s where ksb_id = '%s'".formatted(until, KSB_ID)))
                    .isOne();
        }
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
        String token = system.api().loggedIn(KSB_ID, "kassir").token();
        within(LIMIT, () -> {
            // The seller brings batches only.
            assertThat(system.api().get("/api/sales?limit=1", token).status()).isEqualTo(200);
            assertThat(Prometheus.queriesOfDashboards())
                    .hasSizeGreaterThan(30)
                    .filteredOn(query -> silent.stream().noneMatch(query::contains))
                    .allSatisfy(query ->
                            assertThat(prometheus.series(query)).as(query).isPositive());
        });
    }

    private static Stream<String> clusterMetrics() {
        return Project.text("deploy/observability/metrics/cluster.txt")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("up"))
                .map(line -> line.split("[{]", 2)[0]);
    }

    private void fires(String alert) {
        within(LIMIT, () -> assertThat(prometheus.firing()).contains(alert));
    }

    /** Slow sales do not count: other processes of this machine decide how fast the test's system is. */
    private void quiet() {
        within(LIMIT, () -> assertThat(prometheus.firing()).allMatch(alert -> alert.contains("SlowBurn")));
    }
}
