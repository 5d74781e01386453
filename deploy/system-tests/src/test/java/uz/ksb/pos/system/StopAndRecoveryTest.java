package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * However the launcher ends, nothing of it goes on, and the next start has all that was acknowledged. Last of all tests: it
 * ends the system that they share.
 */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(SharedSystem.class)
class StopAndRecoveryTest {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(20);

    private final RunningSystem first;

    @TempDir
    Path temporary;

    StopAndRecoveryTest(RunningSystem system) {
        this.first = system;
    }

    @Test
    void aKilledLauncherLosesNothingAndCtrlCLeavesNothing() throws Exception {
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2015-05-04"), 1, 60);
        List<ProcessHandle> before = first.processes();
        assertThat(before).hasSizeGreaterThanOrEqualTo(6);
        assertThat(first.replay(shop.folder()).exit(Duration.ofMinutes(2))).isZero();

        first.launcher().process().destroyForcibly().waitFor();

        within(ORPHANS_LIMIT, () -> assertThat(before).noneMatch(ProcessHandle::isAlive));
        RunningSystem second = RunningSystem.start(first.state(), first.portBase());
        try {
            PosCommand again = second.replay(shop.folder());
            assertThat(again.exit(Duration.ofMinutes(2))).as(again::output).isZero();
            assertThat(again.output()).contains(": 0 new, ").contains("All totals are equal.");
            pretendThatAnotherVersionMade("product", second);
        } finally {
            assertNothingIsLeftAfterCtrlC(second);
        }
        assertDataOfAnotherVersionAreNamed();
    }

    private static void pretendThatAnotherVersionMade(String database, RunningSystem system) throws SQLException {
        try (Connection connection = system.database(database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "update flyway_schema_history set checksum = checksum + 1 where version is not null"))
                    .isPositive();
        }
    }

    /** The launcher ends, says what to do, and leaves nothing behind. */
    private void assertDataOfAnotherVersionAreNamed() throws InterruptedException {
        PosCommand up =
                PosCommand.start(first.state(), List.of("up", "--port-base", Integer.toString(first.portBase())));

        assertThat(up.exit(Duration.ofMinutes(3))).as(up::output).isEqualTo(1);

        assertThat(up.output())
                .contains("made by another version of product-service", "./pos up --clean")
                .doesNotContain("product-service is started again");
        assertThat(IntStream.range(first.portBase(), first.portBase() + 10)).allMatch(RunningSystem::isFree);
    }

    private static void assertNothingIsLeftAfterCtrlC(RunningSystem system) throws Exception {
        List<ProcessHandle> before = system.processes();

        long begin = System.nanoTime();
        system.interrupt();
        system.launcher().exit(Duration.ofSeconds(30));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(STOP_LIMIT);
        assertThat(before).noneMatch(ProcessHandle::isAlive);
        assertThat(IntStream.range(system.portBase(), system.portBase() + 10)).allMatch(RunningSystem::isFree);
    }
}
