package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Eight tills that play one shop after the other until told to end: the real one first, where its files are. */
final class EndlessReplay implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Path REAL_SHOP =
            Path.of("../../../shared/data").toAbsolutePath().normalize();
    private static final LocalDate FIRST_DAY = LocalDate.parse("2014-06-02");
    private static final int DAYS = 6;
    private static final Pattern AGAIN = Pattern.compile("(\\d+) requests were sent again, at most (\\d+) times");

    private final RunningSystem system;
    private final Path folder;
    private final List<PosCommand> played = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile Throwable failure;

    EndlessReplay(RunningSystem system, Path folder) {
        this.system = system;
        this.folder = folder;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            for (int number = 0; !ended; number++) {
                PosCommand replay = system.replay(shop(number), "--tills", "8");
                played.add(replay);
                assertThat(replay.exit(LIMIT)).as(replay::output).isZero();
                assertThat(replay.output()).contains("All totals are equal.");
            }
        } catch (InterruptedException closed) {
            // The test has failed already.
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private Path shop(int number) {
        return number == 0 && Files.isDirectory(REAL_SHOP)
                ? REAL_SHOP
                : SmallShop.in(
                                folder.resolve(Integer.toString(number)),
                                FIRST_DAY.plusDays((long) number * DAYS),
                                DAYS,
                                4_000)
                        .folder();
    }

    /** Waits for the end of the shop that is being played; all must have ended with equal totals. */
    void endsWell() throws InterruptedException {
        ended = true;
        thread.join(LIMIT);
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure).isNull();
    }

    /** How often a request was sent again at most. */
    int mostAgain() {
        Matcher lines = AGAIN.matcher(output());
        return lines.results()
                .mapToInt(line -> Integer.parseInt(line.group(2)))
                .max()
                .orElse(0);
    }

    String output() {
        return played.stream().map(PosCommand::output).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.interrupt();
        thread.join();
        played.forEach(replay -> replay.process().destroy());
    }
}
