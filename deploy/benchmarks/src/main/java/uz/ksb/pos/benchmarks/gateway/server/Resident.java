package uz.ksb.pos.benchmarks.gateway.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.ksb.pos.benchmarks.BenchFailed;

/** The memory of a process after its garbage was collected. */
public final class Resident {
    private static final int COLLECTIONS = 2;

    /** A generation's line: {@code total 118016K, used 3456K}. */
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private Resident() {}

    /** How a process is asked for a full collection; done when it returns, or soon after. */
    @FunctionalInterface
    public interface Collection {
        void run() throws InterruptedException;
    }

    public static Collection ofJava(ProcessHandle process) {
        return () -> {
            String unused = jcmd(process, "GC.run");
        };
    }

    /** The program understands the line {@code gc}. */
    public static Collection ofNode(LineFed program) {
        return () -> program.say("gc".getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes of all its pages in memory, shared ones too. */
    public static long bytes(ProcessHandle process, Collection collection) throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            collection.run();
            TimeUnit.SECONDS.sleep(1);
        }
        Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("Rss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow(() -> new BenchFailed(file + " does not tell"));
        } catch (IOException e) {
            throw new BenchFailed("the memory of a process is known on Linux only", e);
        }
    }

    /** Bytes of a Java process's heap that are in use, of all generations. */
    public static long usedHeap(ProcessHandle process) throws InterruptedException {
        return jcmd(process, "GC.heap_info")
                .lines()
                .map(USED::matcher)
                .filter(Matcher::find)
                .mapToLong(line -> Long.parseLong(line.group(1)) * 1024)
                .sum();
    }

    private static String jcmd(ProcessHandle process, String command) throws InterruptedException {
        try {
            Process run = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!run.waitFor(1, TimeUnit.MINUTES) || run.exitValue() != 0) {
                run.destroyForcibly();
                throw new BenchFailed("jcmd " + command + " fails: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new BenchFailed("jcmd cannot be run", e);
        }
    }
}
