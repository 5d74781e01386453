package uz.ksb.pos.observability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Debian's {@code promtool}, of the package prometheus. */
final class Promtool {
    private Promtool() {}

    /** @param output of both streams */
    record Result(int status, String output) {}

    /** Skips the test where it is not installed. */
    static void required() {
        assumeTrue(isInstalled(), "promtool is not installed (Debian: apt-get install prometheus)");
    }

    static Result run(Path folder, String... arguments) {
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                            .toList())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Path.of(folder, "promtool").toFile().canExecute());
    }
}
