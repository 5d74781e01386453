package uz.ksb.pos.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** A relay that does not publish shows in the metrics. */
@QuarkusTest
@TestProfile(PlatformProfile.class)
class OutboxAgeTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Inject
    OutboxAge age;

    @Test
    void eventsThatNobodyPublishesShowInTheMetrics() throws SQLException {
        try (Connection other = TestInfrastructure.database()) {
            // Another process has the relay's turn and does nothing.
            eventually(() -> {
                other.createStatement()
                        .execute("select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where application_name like '%outbox relay'");
                try (var got = other.createStatement()
                        .executeQuery("select pg_try_advisory_lock(" + OutboxDatabase.LOCK + ")")) {
                    got.next();
                    assertThat(got.getBoolean(1)).isTrue();
                }
            });
            other.createStatement()
                    .executeUpdate("insert into outbox (event_id, topic, type, ksb_id, subject, time, data, created_at)"
                            + " values (gen_random_uuid(), '" + Topics.SALES
                            + "', 'document.changed', '10000001', 'age',"
                            + " now(), '{\"revision\":1}', clock_timestamp() - interval '1 hour')");
            age.measure().await().atMost(LIMIT);

            assertThat(age.seconds()).isGreaterThan(3_500);
            assertThat(age.events()).isPositive();
            assertThat(RestAssured.get("/q/metrics").asString()).contains("pos_outbox_age_seconds");
        }
        eventually(() -> {
            age.measure().await().atMost(LIMIT);
            assertThat(age.seconds()).isLessThan(3_500);
        });
    }
}
