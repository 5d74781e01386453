package uz.ksb.pos.benchmarks.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The migrations of a service, as Flyway runs them. */
public final class Migrations {
    private static final String RESOURCES = "src/main/resources/db";

    private Migrations() {}

    /** platform's and the module's, in the order of their versions. */
    public static List<Path> of(Path root, String module) {
        return Stream.of(
                        root.resolve("platform/store").resolve(RESOURCES).resolve("platform"),
                        root.resolve(module).resolve(RESOURCES).resolve("migration"))
                .flatMap(Migrations::files)
                .sorted(Comparator.comparing(Migrations::version))
                .toList();
    }

    /** "V000_1__outbox.sql" -> 0.1 */
    private static double version(Path file) {
        String name = file.getFileName().toString();
        return Double.parseDouble(name.substring(1, name.indexOf("__")).replace('_', '.'));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
