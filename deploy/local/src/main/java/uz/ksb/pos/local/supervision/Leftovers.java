package uz.ksb.pos.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Ends what an earlier run, killed without a chance to clean up, left behind. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final Consumer<String> report;

    public Leftovers(Path folder, Consumer<String> report) {
        this.folder = folder;
        this.report = report;
    }

    /** Ends each process that a pid file here proves to be ours; all others are left alone. */
    public void end() {
        for (Path file : pidFiles()) {
            PidFile noted = new PidFile(file);
            noted.process().ifPresent(process -> {
                report.accept("Ending what the last run left behind: " + name(file) + " (pid " + process.pid() + ")");
                end(process);
            });
            noted.delete();
        }
    }

    private List<Path> pidFiles() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".pid", "");
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!endsWithin(process, PATIENCE)) {
            process.destroyForcibly();
            endsWithin(process, PATIENCE);
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
