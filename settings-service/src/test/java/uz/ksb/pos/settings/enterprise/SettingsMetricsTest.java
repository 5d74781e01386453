package uz.ksb.pos.settings.enterprise;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
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
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** The service's metrics, those of licences and keys more closely. */
@QuarkusTest
class SettingsMetricsTest extends MetricsRules {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final double DAY = 86_400;
    private static final Pattern LEFT =
            Pattern.compile("(?m)^pos_licence_left_seconds\\{ksb_id=\"(\\d+)\",?\\} (\\S+)$");

    @Inject
    LicenceMetrics licences;

    @AfterEach
    void noLicences() throws SQLException {
        execute("delete from enterprises where ksb_id like '777%'");
        licences.measure().await().atMost(LIMIT);
    }

    @Override
    protected void use() {
        RestAssured.get("/api/enterprise");
        givenLicence("77700001", 3);
    }

    @Test
    void aLicenceThatEndsWithinAWeekOrHasJustEndedIsNamed() {
        givenLicence("77700001", 3);
        givenLicence("77700002", -2);
        givenLicence("77700003", 9);
        givenLicence("77700004", -9);

        licences.measure().await().atMost(LIMIT);

        assertThat(left()).containsOnlyKeys("77700001", "77700002");
        // The last day counts; the zone is Tashkent's.
        assertThat(left().get("77700001")).isBetween(2.7 * DAY, 4 * DAY);
        assertThat(left().get("77700002")).isBetween(-2.3 * DAY, -DAY);
        assertThat(value("pos_licences_ending_enterprises")).isEqualTo(2);
    }

    @Test
    void ofManyLicencesTheFirstToEndAreNamed() {
        for (int number = 0; number < 30; number++) {
            givenLicence(Integer.toString(77_700_010 + number), number < 15 ? 5 : 2);
        }

        licences.measure().await().atMost(LIMIT);

        assertThat(left())
                .hasSize(LicenceMetrics.MAX_NAMED)
                .containsKeys("77700025", "77700039", "77700010")
                .doesNotContainKey("77700020");
        assertThat(value("pos_licences_ending_enterprises")).isEqualTo(30);
    }

    @Test
    void licencesThatEndAreFoundByAnIndex() throws SQLException {
        execute("""
                insert into enterprises (ksb_id, name, licence_until)
                select (77700100 + n)::text, 'x', current_date + 100 + n % 1000 from generate_series(1, 20000) n""");
        execute("analyze enterprises");
        String asked = LicenceMetrics.ENDING
                .replace("$1", "current_date - 7")
                .replace("$2", "current_date + 7")
                .replace("$3", "20");

        try (Connection connection = TestInfrastructure.database();
                var rows = connection.createStatement().executeQuery("explain " + asked)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            assertThat(plan).contains("ix_enterprises_licence_until").doesNotContain("Seq Scan");
        }
    }

    @Test
    void theAgesOfTheKeysThatSignAreShown() {
        assertThat(value("pos_token_key_age_seconds{purpose=\"access\"")).isBetween(0.0, DAY);
        assertThat(value("pos_token_key_age_seconds{purpose=\"device\"")).isBetween(0.0, DAY);
    }

    private static void givenLicence(String ksbId, int days) {
        try {
            execute("""
                    insert into enterprises (ksb_id, name, licence_until)
                    values ('%1$s', 'x', (clock_timestamp() at time zone 'UTC')::date + %2$d)
                    on conflict (ksb_id) do update set licence_until = excluded.licence_until""".formatted(ksbId, days));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = TestInfrastructure.database()) {
            connection.createStatement().execute(sql);
        }
    }

    private static Map<String, Double> left() {
        Function<MatchResult, String> ksbId = licence -> licence.group(1);
        return LEFT.matcher(RestAssured.get("/q/metrics").asString())
                .results()
                .filter(licence -> licence.group(1).startsWith("777"))
                .collect(Collectors.toMap(ksbId, licence -> Double.valueOf(licence.group(2))));
    }
}
