package uz.ksb.pos.gateway.testing;

import static uz.ksb.pos.platform.testing.Eventually.inOneOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packages of {@code src/test/node}, fetched once for each lock file. */
final class NodePackages {
    private static final Path SOURCE = Path.of("src/test/node").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/test-node").toAbsolutePath();
    private static final String LOCK = "package-lock.json";

    private NodePackages() {}

    /** The folder of the scripts, beside their packages. */
    static synchronized Path installed() {
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel channel = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = channel.lock()) {
                install();
                return FOLDER;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() throws IOException {
        List<Path> files;
        try (var all = Files.list(SOURCE)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.write(FOLDER.resolve(file.getFileName()), Files.readAllBytes(file));
        }
        byte[] lock = Files.readAllBytes(SOURCE.resolve(LOCK));
        Path fetched = FOLDER.resolve("fetched.json");
        if (!Files.exists(fetched) || !Arrays.equals(Files.readAllBytes(fetched), lock)) {
            // A registry may fail for a moment.
            inOneOf(3, () -> run("npm", "ci", "--silent"));
            Files.write(fetched, lock);
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " fails: the tests need Node with npm");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
