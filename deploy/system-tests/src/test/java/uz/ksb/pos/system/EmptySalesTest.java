package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

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
            twoProcessesWhoseTurnItIsAtTheSameTimeMakeOneRun(twoDaysLater);
        } finally {
            twoDaysLater.stop();
        }
    }

    /** Two days and some hours on, for the database; tills add a line to every second sale from then until it is deleted. */
    private static void twoProcessesWhoseTurnItIsAtTheSameTimeMakeOneRun(RunningSystem system) throws Exception {
        List<String> sales =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(40).toList();
        for (String sale : sales) {
            write(system, sale, List.of());
        }
        String token = token(system);
        try (Replica second = Replica.of(system, "sales-service");
                ExecutorService tills = Executors.newFixedThreadPool(4)) {
            change(system, "update sales set changed_at = changed_at - interval '3 hours' where lines = '[]'");
            change(system, "update empty_sale_schedule set last_run_at = last_run_at - interval '2 days'");
            List<Future<Boolean>> kept = new ArrayList<>();
            for (int i = 0; i < sales.size(); i += 2) {
                String sale = sales.get(i);
                Api api = i % 4 == 0 ? system.api() : second.api();
                kept.add(tills.submit(() -> api.put("/api/sales/" + sale, token, open(sale, 1, List.of(aLine())))
                                .status()
                        == 200));
            }
            within(LIMIT, () -> assertThat(
                            number(system, "select count(*) from empty_sale_runs where finished_at is not null"))
                    .isEqualTo(2));
            int deleted = 0;
            for (int i = 0; i < sales.size(); i++) {
                boolean is = status(system, token, sales.get(i)) == 200;
                assertThat(is)
                        .as("sale %d", i)
                        .isEqualTo(i % 2 == 0 && kept.get(i / 2).get());
                deleted += is ? 0 : 1;
            }
            assertThat(number(system, "select count(*) from empty_sale_runs")).isEqualTo(2);
            assertThat(number(system, "select sum(deleted) from empty_sale_runs"))
                    .isEqualTo(1 + deleted);
        }
    }

    private static void write(RunningSystem system, String id, List<Object> lines) {
        assertThat(system.api()
                        .put("/api/sales/" + id, token(system), open(id, 0, lines))
                        .status())
                .isIn(200, 201);
    }

    private static Map<String, Object> open(String id, int revision, List<Object> lines) {
        return Map.of("id", id, "revision", revision, "currency", "UZS", "lines", lines);
    }

    private static void change(RunningSystem system, String statement) throws SQLException {
        try (Connection connection = system.salesDatabase()) {
            connection.createStatement().execute(statement);
        }
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
