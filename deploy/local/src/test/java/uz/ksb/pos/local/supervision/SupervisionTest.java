package uz.ksb.pos.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.local.failure.CommandFailed;

class SupervisionTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    /** A process that only waits. */
    private final class Sleeper implements Part {

        @Override
        public String name() {
            return "sleeper";
        }

        @Override
        public Process start() throws IOException {
            return sleep();
        }

        @Override
        public boolean ready() {
            return true;
        }
    }

    private Process sleep() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        started.add(process);
        return process;
    }

    private PidFile pidFile() {
        return new PidFile(folder.resolve("sleeper.pid"));
    }

    @Test
    void aKilledPartIsStartedAgainAndAStoppedOneIsNot() throws Exception {
        Supervisor supervisor = new Supervisor(new Sleeper(), pidFile(), reports::add);
        supervisor.start().get(5, TimeUnit.SECONDS);
        ProcessHandle first = supervisor.process().orElseThrow();

        first.destroyForcibly();

        assertThat(reports.poll(5, TimeUnit.SECONDS)).startsWith("sleeper has ended (137");
        assertThat(reports.poll(5, TimeUnit.SECONDS)).isEqualTo("sleeper is started again in 0.5 s");
        assertThat(reports.poll(5, TimeUnit.SECONDS)).startsWith("sleeper is back");
        ProcessHandle second = supervisor.process().orElseThrow();
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(pidFile().process()).contains(second);

        supervisor.stop(LIMIT);

        assertThat(second.isAlive()).isFalse();
        assertThat(pidFile().path()).doesNotExist();
        assertThat(reports.poll(1, TimeUnit.SECONDS)).isNull();
        assertThat(started).hasSize(2);
    }

    /** It ends at once, and always will. */
    private final class Hopeless implements Part {

        @Override
        public String name() {
            return "hopeless";
        }

        @Override
        public Process start() throws IOException {
            Process process = new ProcessBuilder("false").start();
            started.add(process);
            return process;
        }

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public Optional<String> hopeless() {
            return Optional.of("the data are of another version");
        }
    }

    @Test
    void aPartThatNoStartHelpsIsNotStartedAgain() {
        Supervisor supervisor = new Supervisor(new Hopeless(), pidFile(), reports::add);

        assertThat(supervisor.start())
                .failsWithin(LIMIT)
                .withThrowableThat()
                .withCauseInstanceOf(CommandFailed.class)
                .withMessageContaining("the data are of another version");

        supervisor.stop(LIMIT);
        assertThat(started).hasSize(1);
        assertThat(reports).containsExactly("hopeless has ended (1)");
        assertThat(pidFile().path()).doesNotExist();
    }

    @Test
    void thePausesGrowToTenSecondsAndStartAnewAfterAHealthyTime() {
        RestartPauses pauses = new RestartPauses();
        List<Long> millis = new ArrayList<>();
        for (int time = 0; time < 7; time++) {
            millis.add(pauses.after(Duration.ofSeconds(29)).toMillis());
        }
        assertThat(millis).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
        assertThat(pauses.after(Duration.ofSeconds(30))).hasMillis(500);
        assertThat(pauses.after(Duration.ZERO)).hasMillis(1_000);
    }

    @Test
    void aLeftoverIsEndedWhenItsStartProvesThatItIsOurs() throws Exception {
        Process left = sleep();
        pidFile().write(left.toHandle());

        new Leftovers(folder, reports::add).end();

        assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(reports.poll()).contains("sleeper (pid " + left.pid() + ")");
        assertThat(pidFile().path()).doesNotExist();
    }

    @Test
    void aStrangerWithTheSameNumberIsLeftAlone() throws Exception {
        Process stranger = sleep();
        long start = stranger.info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(pidFile().path(), stranger.pid() + " " + (start - 60_000) + "\n");

        new Leftovers(folder, reports::add).end();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(reports).isEmpty();
        assertThat(pidFile().path()).doesNotExist();
    }

    @Test
    void aDamagedPidFileProvesNothing() throws Exception {
        Files.writeString(pidFile().path(), "what");
        assertThat(pidFile().process()).isEmpty();
    }
}
