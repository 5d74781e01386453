package uz.ksb.pos.local.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uz.ksb.pos.local.supervision.Part;

/** One service in a JVM of its own; what it must know comes by its environment. */
final class ServicePart implements Part {

    /** Flyway says so. */
    private static final String OTHER_MIGRATIONS = "Migrations have failed validation";

    private final Service service;
    private final Path root;
    private final Java.Caches caches;
    private final String name;
    private final int port;
    private final Map<String, String> environment;
    private final Path log;

    ServicePart(
            Service service,
            Path root,
            Java.Caches caches,
            String name,
            int port,
            Map<String, String> environment,
            Path log) {
        this.service = service;
        this.root = root;
        this.caches = caches;
        this.name = name;
        this.port = port;
        this.environment = environment;
        this.log = log;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Process start() throws IOException {
        List<String> rest = Stream.concat(caches.options(service, root).stream(), service.arguments(root).stream())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(Java.command(service.heap(), rest))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Java.FEW_ARENAS);
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public boolean ready() throws InterruptedException {
        return Probe.isReady(port, service.readiness());
    }

    /** Its migrations are others than those that made its database: until the first release they are edited in place. */
    @Override
    public Optional<String> hopeless() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(OTHER_MIGRATIONS))
                    ? Optional.of(
                            "the data in .pos/ were made by another version of %s, whose tables differ. './pos up --clean'"
                                            .formatted(service.name())
                                    + " removes them and begins anew; or go back to that version")
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
