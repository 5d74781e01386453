package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.till.Api;

/** A wrong call of {@code ./pos replay} gets one clear line, and does nothing. */
@ExtendWith(SharedSystem.class)
class ReplayMistakesTest {

    private final RunningSystem system;
    private SmallShop shop;

    @TempDir
    Path temporary;

    ReplayMistakesTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void aFolder() {
        shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2013-03-04"), 1, 20);
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Files.delete(shop.folder().resolve("customers.csv"));

        assertOneLineAndNothingDone("pos: customers.csv is missing in " + shop.folder());
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        Path sales = shop.folder().resolve("sales.csv");
        long lines = Files.readString(sales).lines().count();
        Files.writeString(sales, Files.readString(sales) + "99,P001,many,1.00,2013-03-04T10:00:00,\n");

        assertOneLineAndNothingDone("pos: sales.csv, line %d: quantity 'many' is not a number".formatted(lines + 1));
    }

    @Test
    void aWrongPasswordIsTold() throws Exception {
        Path state = Files.createDirectories(temporary.resolve("state"));
        Files.writeString(state.resolve("sample-password"), "wrong\n");

        PosCommand replay = PosCommand.start(
                state, java.util.List.of("replay", shop.folder().toString(), "--port-base", "" + system.portBase()));

        assertOneLine(replay, "pos: wrong KSB-ID or password for 10000002-backoffice");
        assertNothingDone();
    }

    @Test
    void aServerThatDoesNotRunIsTold() throws Exception {
        int nobody = RunningSystem.freePortBase();
        Path state = Files.createDirectories(temporary.resolve("state"));
        Files.writeString(state.resolve("sample-password"), "any\n");

        PosCommand replay = PosCommand.start(
                state, java.util.List.of("replay", shop.folder().toString(), "--port-base", "" + nobody));

        assertOneLine(replay, "pos: the server is not running at http://localhost:" + nobody);
    }

    private void assertOneLineAndNothingDone(String line) throws InterruptedException, IOException {
        assertOneLine(system.replay(shop.folder()), line);
        assertNothingDone();
    }

    private static void assertOneLine(PosCommand replay, String line) throws InterruptedException {
        assertThat(replay.exit(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(replay.output().strip()).startsWith(line).doesNotContain("\n");
    }

    private void assertNothingDone() {
        Api api = system.api();
        Api.Answer totals = api.get(
                "/api/totals?date=2013-03-04",
                api.loggedIn("10000002", "menejer").token());
        assertThat(totals.json().path("count").asInt()).isZero();
    }
}
