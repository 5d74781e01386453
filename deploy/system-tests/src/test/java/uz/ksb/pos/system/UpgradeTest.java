package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The last release's services beside those of this version, as in a rolling upgrade: on one database, whose migrations are this
 * version's, and one Kafka, each reading the other's events. Tills reach both by turns and notice nothing.
 */
@Tag("long")
class UpgradeTest {
    private static final Path ROOT = Path.of(System.getProperty("pos.root"));
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int BUILD_MINUTES = 20;
    private static final List<String> SERVICES =
            List.of("settings-service", "product-service", "sales-service", "sync-service", "realtime-gateway");

    @TempDir
    Path temporary;

    @Test
    void theLastReleaseRunsBesideThisVersion() throws Exception {
        String release = lastRelease();
        assumeTrue(!release.isEmpty(), "there is no release yet: no tag v* leads to this commit");
        Path old = built(release);

        RunningSystem system = RunningSystem.start(
                temporary.resolve("state"),
                RunningSystem.freePortBase(),
                Map.of("POS_SECOND_ROOT", old.toString()),
                "--replicas",
                "2");
        try (FollowingTill screen = new FollowingTill(system, KSB_ID);
                Seller seller = new Seller(system, KSB_ID, 100)) {
            within(LIMIT, () -> assertThat(screen.isConnected()).isTrue());
            SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2014-06-02"), 3, 6_000);
            PosCommand replay = system.replay(shop.folder(), "--tills", "4");
            assertThat(replay.exit(LIMIT)).as(replay::output).isZero();
            // Each version alone does what the other has left behind.
            for (String gone : SERVICES) {
                system.kill(gone);
                system.kill(gone + "-2");
            }
            seller.close();
            new Agreement(system, KSB_ID).holds(seller.told().keySet(), screen);
            assertThat(seller.unexpected()).isNull();
            assertThat(screen.doubled()).isZero();
        } finally {
            system.stop();
        }
    }

    /** Empty: there is none. {@code -Dpos.test.release=COMMIT} takes any commit for it. */
    private static String lastRelease() throws IOException, InterruptedException {
        String chosen = System.getProperty("pos.test.release", "");
        return chosen.isEmpty()
                ? output("git", "tag", "--list", "v[0-9]*", "--sort=-v:refname", "--merged")
                        .lines()
                        .findFirst()
                        .orElse("")
                : chosen;
    }

    /** The release in a working tree of its own under {@code .pos/}, built once. */
    private static Path built(String release) throws IOException, InterruptedException {
        Path tree = ROOT.resolve(".pos/releases").resolve(release);
        if (!Files.exists(tree)) {
            output("git", "worktree", "add", "--detach", tree.toString(), release);
        }
        if (!Files.exists(tree.resolve("realtime-gateway/target/quarkus-app/quarkus-run.jar"))) {
            output(
                    tree.resolve("mvnw").toString(),
                    "-q",
                    "-f",
                    tree.resolve("pom.xml").toString(),
                    "package",
                    "-DskipTests",
                    "-am",
                    "-pl",
                    String.join(",", SERVICES));
        }
        return tree;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
