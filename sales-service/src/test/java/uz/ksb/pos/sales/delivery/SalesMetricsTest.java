package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.execute;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.MetricsRules;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;

/** The service's metrics, those of the delivery more closely. */
@QuarkusTest
@QuarkusTestResource(SalesBackOffice.class)
class SalesMetricsTest extends MetricsRules {
    private static final String LATE = "30000098";
    private static final int MANY = 90;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern AGE =
            Pattern.compile("(?m)^pos_delivery_age_seconds\\{ksb_id=\"(\\d+)\",?\\} (\\S+)$");

    @Inject
    DeliveryMetrics metrics;

    @AfterEach
    void allIsDelivered() {
        SimulatedBackOffice.worksAgain();
    }

    @Override
    protected void use() {
        RestAssured.get("/api/sales");
        givenALateSale();
    }

    @Test
    void anEnterpriseWhoseSalesWaitIsNamedUntilTheyAreDelivered() {
        givenALateSale();
        metrics.measure().await().atMost(LIMIT);

        assertThat(ages().get(LATE)).isBetween(3_599.0, 3_700.0);
        assertThat(value("pos_delivery_age_max_seconds")).isGreaterThanOrEqualTo(3_599);
        assertThat(value("pos_delivery_waiting_enterprises")).isPositive();

        SimulatedBackOffice.worksAgain();
        eventually(() -> {
            metrics.measure().await().atMost(LIMIT);
            assertThat(ages()).doesNotContainKey(LATE);
        });
        assertThat(value("pos_delivery_sales_total{outcome=\"accepted\"}")).isPositive();
        assertThat(value("pos_delivery_sales_total{outcome=\"unanswered\"}")).isPositive();
    }

    @Test
    void ofManyThatWaitOnlyTheLongestAreNamed() throws SQLException {
        givenALateSale();
        // A sale that a test before has left, and that is older, would be the next to be sent.
        forget();
        // Another process is about to send them. They wait for 2, 3 … 91 hours, and one for longer, which has no back
        // office.
        execute("""
                with copies as (
                  insert into sales select (jsonb_populate_record(s, jsonb_build_object(
                      'ksb_id', case when n <= %1$d then 30000000 else 40000000 end + n,
                      'completed_at', s.completed_at - n * interval '1 hour',
                      'received_at', s.received_at - n * interval '1 hour'))).*
                  from sales s, generate_series(1, %1$d + 1) n where s.ksb_id = '%2$s' returning ksb_id)
                insert into delivery_leases (ksb_id, owner, until)
                select distinct ksb_id, 'another', now() + interval '14 seconds' from copies
                on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until""".formatted(MANY, LATE));
        try {
            // A measuring that had begun before may end after ours.
            eventually(() -> {
                metrics.measure().await().atMost(LIMIT);
                assertThat(ages())
                        .hasSize(DeliveryMetrics.MAX_NAMED)
                        .containsKeys("30000090", "30000071")
                        .doesNotContainKeys("30000070", "40000091");
            });
            assertThat(value("pos_delivery_age_max_seconds")).isBetween(91 * 3_599.0, 91 * 3_601.0);
            assertThat(value("pos_delivery_waiting_enterprises")).isGreaterThan(MANY);
        } finally {
            forget();
        }
    }

    private static void forget() throws SQLException {
        execute("delete from sales where ksb_id between '30000001' and '30000090' or ksb_id = '40000091'");
    }

    private static void givenALateSale() {
        new SimulatedBackOffice(LATE).misbehave(Map.of("errorRate", 1));
        aCompletedSale(LATE);
        try {
            execute("update sales set received_at = clock_timestamp() - interval '1 hour',"
                    + " completed_at = clock_timestamp() - interval '1 hour' where ksb_id = '" + LATE + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Double> ages() {
        Function<MatchResult, String> ksbId = age -> age.group(1);
        return AGE.matcher(RestAssured.get("/q/metrics").asString())
                .results()
                .collect(Collectors.toMap(ksbId, age -> Double.valueOf(age.group(2))));
    }
}
