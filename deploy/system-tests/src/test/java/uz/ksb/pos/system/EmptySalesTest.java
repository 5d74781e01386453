package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clean-up every two days, with the whole system's clock moved and the system stopped in between. */
@Tag("long")
class EmptySalesTest {

    private static final String KSB_ID = "10000001";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void afterTwoDaysAndSeveralRestartsOneRunDeletesWhatIsEmpty() throws Exception {
        Path state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "empty-");
        int portBase = RunningSystem.freePortBase();
        String empty = UUID.randomUUID().toString();
        String withLine = UUID.randomUUID().toString();
        RunningSystem first = RunningSystem.start(state, portBase);
        try {
            write(first, empty, List.of());
            write(first, withLine, List.of(aLine()));
            within(LIMIT, () -> assertThat(number(first, "select count(*) from empty_sale_schedule"))
                    .isEqualTo(1));
        } finally {
            first.stop();
        }
        for (String clock : List.of("+20h", "+40h")) {
            RunningSystem meanwhile = RunningSystem.start(state, portBase, "--clock", clock);
            try {
                assertThat(status(meanwhile, token(meanwhile), empty)).isEqualTo(200);
                assertThat(number(meanwhile, "select count(*) from empty_sale_runs"))
                        .isZero();
            } finally {
                meanwhile.stop();
            }
        }
        RunningSystem twoDaysLater = RunningSystem.start(state, portBase, "--clock", "+49h");
        try {
            String token = token(twoDaysLater);
            within(LIMIT, () -> assertThat(status(twoDaysLater, token, empty)).isEqualTo(404));
            assertThat(status(twoDaysLater, token, withLine)).isEqualTo(200);
            twoDaysLater.kill("sales-service");
            within(LIMIT, () -> assertThat(status(twoDaysLater, token, withLine))
                    .isEqualTo(200));
            assertThat(number(twoDaysLater, "select count(*) from empty_sale_runs where finished_at is not null"))
                    .isEqualTo(1);
            assertThat(number(twoDaysLater, "select sum(deleted) from empty_sale_runs"))
                    .isEqualTo(1);
        } finally {
            twoDaysLater.stop();
        }
    }

    private static void write(RunningSystem system, String id, List<Object> lines) {
        assertThat(system.api()
                        .put(
                                "/api/sales/" + id,
                                token(system),
                                Map.of("id", id, "revision", 0, "currency", "UZS", "lines", lines))
                        .status())
                .isIn(200, 201);
    }

    private static Map<String, Object> aLine() {
        return Map.of("lineId", "1", "productId", "p", "name", "Non", "unit", "dona", "price", "1000", "quantity", "1");
    }

    private static String token(RunningSystem system) {
        return system.api().loggedIn(KSB_ID, "kassir").token();
    }

    private static int status(RunningSystem system, String token, String sale) {
        return system.api().get("/api/sales/" + sale, token).status();
    }

    private static int number(RunningSystem system, String query) throws SQLException {
        try (Connection connection = system.salesDatabase();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
