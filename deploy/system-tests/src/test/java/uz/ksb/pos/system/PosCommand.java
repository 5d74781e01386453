package uz.ksb.pos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of {@code ./pos}, as a process of its own whose output goes to a file. */
final class PosCommand {

    private final Process process;
    private final Path output;

    private PosCommand(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param state the folder used instead of {@code .pos} */
    static PosCommand start(Path state, List<String> arguments) {
        return start(state, arguments, Map.of());
    }

    /** @param environment variables that the command, and what it starts, get besides those of this process */
    static PosCommand start(Path state, List<String> arguments, Map<String, String> environment) {
        Path root = Path.of(System.getProperty("pos.root"));
        List<String> command = new ArrayList<>(List.of(root.resolve("pos").toString()));
        command.addAll(arguments);
        try {
            Files.createDirectories(state);
            Path output = Files.createTempFile(state, arguments.getFirst() + "-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(state.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("POS_STATE", state.toString());
            builder.environment().put("POS_BUILT", "yes");
            builder.environment().put("POS_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
            builder.environment().remove("POS_SAMPLE_PASSWORD");
            builder.environment().putAll(environment);
            return new PosCommand(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** All it has printed until now. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. @return the exit code */
    int exit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("not finished within " + limit + ":\n" + output());
        }
        return process.exitValue();
    }

    /** Waits until it has printed {@code text}. */
    void awaitOutput(String text, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!output().contains(text)) {
            if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("ended (%d) without '%s':\n%s".formatted(process.exitValue(), text, output()));
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("'%s' not within %s:\n%s".formatted(text, limit, output()));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
