package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** The largest shop comes in with the heaps that {@code ./pos up} gives; prints the time, and the memory of each process. */
@Tag("long")
class FirstSyncTest {
    private static final String KSB_ID = "10000001";
    private static final int PRODUCTS = 100_000;
    private static final int CUSTOMERS = 20_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long MAX_MEGABYTES = 2_048;

    @Test
    void aFirstSyncOfTheLargestShopFitsTheHeaps() throws Exception {
        Path state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "first-");
        RunningSystem system = RunningSystem.start(
                state,
                RunningSystem.freePortBase(),
                Map.of("SIMULATOR_PRODUCTS", "" + PRODUCTS, "SIMULATOR_CUSTOMERS", "" + CUSTOMERS));
        try {
            Api.Login till = system.api().loggedIn(KSB_ID, "kassir");
            List<ProcessHandle> processes = system.processes();
            long begin = System.nanoTime();
            String sync = system.api()
                    .post("/api/syncs", till.token(), Map.of())
                    .json()
                    .path("id")
                    .asText();
            Map<String, Long> most = new TreeMap<>();
            within(LIMIT, () -> {
                memory(system).forEach((part, size) -> most.merge(part, size, Math::max));
                assertThat(system.api()
                                .get("/api/syncs/" + sync, till.token())
                                .json()
                                .path("status")
                                .asText())
                        .isEqualTo("COMPLETED");
            });
            System.out.printf(
                    "first sync: %d s, PSS at most %s MB%n",
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds(), most);
            within(LIMIT, () -> assertThat(count(system, till, "products", "products"))
                    .isEqualTo(PRODUCTS));
            within(LIMIT, () -> assertThat(count(system, till, "customers", "count"))
                    .isEqualTo(CUSTOMERS));
            assertThat(processes).as("no process was started again").allMatch(ProcessHandle::isAlive);
            assertThat(most.get("all")).isLessThan(MAX_MEGABYTES);
        } finally {
            system.stop();
        }
    }

    private static int count(RunningSystem system, Api.Login till, String kind, String field) {
        return system.api()
                .get("/api/" + kind + "/count", till.token())
                .json()
                .path(field)
                .asInt();
    }

    /** Megabytes of PSS by part, PostgreSQL with its backends, and of all together. */
    private static Map<String, Long> memory(RunningSystem system) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (ProcessHandle process : system.processes()) {
            long size = megabytes(process.pid());
            sizes.merge(system.nameOf(process), size, Long::sum);
            sizes.merge("all", size, Long::sum);
        }
        return sizes;
    }

    private static long megabytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1_024;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
