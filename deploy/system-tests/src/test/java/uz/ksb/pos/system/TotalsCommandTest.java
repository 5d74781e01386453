package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./pos totals}, as an operator uses it. */
@ExtendWith(SharedSystem.class)
class TotalsCommandTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final RunningSystem system;

    TotalsCommandTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void aDifferencePutInByHandIsFoundAndMended() throws Exception {
        assertThat(run("--check", 0)).contains("All totals are equal");
        byHand("insert into day_totals values"
                + " ('10000001', '2001-02-03', 9, 'UZS', 1, 0, 5, 0, 5, 0, 0, 0, 0, 5, 0, 5, 0, 0, 0, 0)");
        byHand("insert into enterprise_totals (ksb_id, rejected) values ('10000001', 2)"
                + " on conflict (ksb_id) do update set rejected = enterprise_totals.rejected + 2");

        assertThat(run("--check", 1))
                .containsPattern("10000001 +2001-02-03 09h UZS +main_gross +5.00 too much")
                .containsPattern("10000001 +all dates +rejected +2 too much")
                .contains("NOT GOOD: 6 figures differ");
        assertThat(run("--rebuild", 0)).contains("Rebuilt with 2 changes.").contains("All totals are equal now.");
        assertThat(run("--check", 0)).contains("All totals are equal");
    }

    @Test
    void withoutOneOfBothTasksItSaysHowToUseIt() throws Exception {
        assertThat(run("--all", 2)).contains("Usage").contains("--check").contains("--rebuild");
    }

    private String run(String task, int exit) throws InterruptedException {
        PosCommand command = system.totals(task);
        assertThat(command.exit(LIMIT)).as(command::output).isEqualTo(exit);
        return command.output();
    }

    private void byHand(String sql) throws SQLException {
        try (Connection connection = system.salesDatabase();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
