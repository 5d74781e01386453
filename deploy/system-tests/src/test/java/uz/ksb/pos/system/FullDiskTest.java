package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disks of PostgreSQL and of Kafka are small mounts that become full, and have space again; skipped where nobody may mount. */
@Tag("long")
class FullDiskTest {
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int SALES_BETWEEN = 5;
    private static final int FULL_SECONDS = 20;

    private Path state;

    @BeforeEach
    void mount() throws Exception {
        state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "disk-");
        assumeTrue(
                mounted("kafka", "300m") && mounted("postgres", "500m"), "mounting a small disk is not allowed here");
    }

    @AfterEach
    void unmount() throws Exception {
        for (String folder : List.of("kafka", "postgres")) {
            exit("umount", state.resolve(folder).toString());
        }
    }

    @Test
    void aFullDiskLosesNothingAndItsFreeingIsEnough() throws Exception {
        RunningSystem system = RunningSystem.start(state, RunningSystem.freePortBase());
        try (FollowingTill screen = new FollowingTill(system, KSB_ID)) {
            within(LIMIT, () -> assertThat(screen.isConnected()).isTrue());
            Seller seller = new Seller(system, KSB_ID, 50);
            for (String folder : List.of("kafka", "postgres")) {
                sellMore(seller);
                Path ballast = filled(folder);
                TimeUnit.SECONDS.sleep(FULL_SECONDS);
                Files.delete(ballast);
                sellMore(seller);
            }
            seller.close();
            new Agreement(system, KSB_ID).holds(seller.told().keySet(), screen);
            assertThat(seller.unexpected()).isNull();
        } finally {
            system.stop();
        }
    }

    private static void sellMore(Seller seller) {
        int before = seller.told().size();
        within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThanOrEqualTo(before + SALES_BETWEEN));
    }

    private Path filled(String folder) throws IOException {
        Path ballast = state.resolve(folder).resolve("ballast");
        byte[] block = new byte[4_096];
        try (OutputStream file = Files.newOutputStream(ballast)) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            return ballast;
        }
    }

    private boolean mounted(String folder, String size) throws IOException, InterruptedException {
        Path path = Files.createDirectories(state.resolve(folder));
        return exit("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()) == 0;
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
