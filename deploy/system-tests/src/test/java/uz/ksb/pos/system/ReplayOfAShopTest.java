package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A shop's days go through the running system, and the totals are right to the cent; again, and with lost answers. */
@ExtendWith(SharedSystem.class)
class ReplayOfAShopTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path DATA =
            Path.of("../../../shared/data").toAbsolutePath().normalize();

    private final RunningSystem system;

    @TempDir
    Path temporary;

    ReplayOfAShopTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void aSecondReplayAndOneWithLostAnswersDoubleNothing() throws InterruptedException {
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2012-01-02"), 3, 600);

        assertThat(played(shop.folder()))
                .contains("Sent %d sales and %d returns: %d new, 0 known already."
                        .formatted(shop.sales(), shop.returns(), shop.sales() + shop.returns()))
                .contains("All totals are equal.");
        assertThat(played(shop.folder(), "--tills", "8", "--lose-answers", "0.2"))
                .contains(": 0 new, %d known already.".formatted(shop.sales() + shop.returns()))
                .contains("answers were lost on purpose")
                .contains("All totals are equal.");
    }

    @Test
    void lostAnswersInTheFirstReplayDoubleNothing() throws InterruptedException {
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2012-02-06"), 2, 400);

        assertThat(played(shop.folder(), "--tills", "8", "--lose-answers", "0.2"))
                .contains("All totals are equal.");
    }

    @Test
    void aWeekOfTheRealShopIsRightToTheCent() throws InterruptedException {
        assumeTrue(Files.isDirectory(DATA), "skipped: the real shop's files (../shared/data) are not here");

        assertThat(played(DATA, "--sales", "sales-week.csv"))
                .contains("Sent 727 sales and 121 returns")
                .contains("388622.44 / 388622.44")
                .contains("8214.87 / 8214.87")
                .contains("All totals are equal.");
    }

    @Test
    @Tag("long")
    void theWholeRealShopIsRightToTheCentTwice() throws InterruptedException {
        assumeTrue(Files.isDirectory(DATA), "skipped: the real shop's files (../shared/data) are not here");

        assertThat(played(DATA)).contains("Sent 3723 sales and 587 returns").contains("All totals are equal.");
        assertThat(played(DATA, "--tills", "8", "--lose-answers", "0.2"))
                .contains(": 0 new, 4310 known already.")
                .contains("All totals are equal.");
    }

    private String played(Path folder, String... options) throws InterruptedException {
        PosCommand replay = system.replay(folder, options);
        int exit = replay.exit(LIMIT);
        String output = replay.output();
        assertThat(exit)
                .as(() -> String.join(" ", List.of(options)) + "\n" + output)
                .isZero();
        return output;
    }
}
