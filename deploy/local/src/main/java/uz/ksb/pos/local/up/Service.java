package uz.ksb.pos.local.up;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.ksb.pos.local.failure.CommandFailed;

/**
 * A service of the stack.
 *
 * @param folder of its module
 * @param offset of its port from the base
 * @param database its own, and the name of its login; empty when it has none
 * @param program how its JVM is started
 * @param heap at most
 */
record Service(String folder, int offset, String database, Program program, String heap) {
    private static final String DEFAULT_HEAP = "128m";
    /** Two passwords at a time take 19 MiB each, beside what the library keeps: less would mean a full collection for each. */
    private static final String HEAP_WITH_PASSWORDS = "256m";
    /** A batch of 16 MB in more than one form, one batch at a time. */
    private static final String HEAP_WITH_BATCHES = "256m";
    /** Events live for minutes in its rings and die old: less would mean a full collection, 50 to 150 ms, twice a minute. */
    private static final String HEAP_WITH_RINGS = "256m";

    private static final String CACHE = "app.aot";

    /** The kind of program: how it is started and how it says that it is ready. */
    enum Program {
        QUARKUS("target/quarkus-app/quarkus-run.jar", "/q/health/ready"),
        SIMULATOR("target/classes", "/health");

        private final String artefact;
        private final String readiness;

        Program(String artefact, String readiness) {
            this.artefact = artefact;
            this.readiness = readiness;
        }
    }

    /** In the order in which they are shown. */
    static final List<Service> ALL = List.of(
            new Service("settings-service", 1, "settings", Program.QUARKUS, HEAP_WITH_PASSWORDS),
            new Service("product-service", 2, "product", Program.QUARKUS, DEFAULT_HEAP),
            new Service("sales-service", 3, "sales", Program.QUARKUS, HEAP_WITH_BATCHES),
            new Service("sync-service", 4, "sync", Program.QUARKUS, DEFAULT_HEAP),
            new Service("realtime-gateway", 5, "", Program.QUARKUS, HEAP_WITH_RINGS),
            new Service("deploy/back-office-simulator", Ports.SIMULATOR, "", Program.SIMULATOR, DEFAULT_HEAP));

    /** @throws CommandFailed when there is no service of one of these names */
    static List<Service> allWithout(Set<String> names) {
        names.forEach(name -> {
            if (ALL.stream().noneMatch(service -> service.name().equals(name))) {
                throw new CommandFailed("--without: there is no service " + name);
            }
        });
        return ALL.stream().filter(service -> !names.contains(service.name())).toList();
    }

    String name() {
        return Path.of(folder).getFileName().toString();
    }

    /** The name of one of its processes: of its log and pid file. */
    String name(int replica) {
        return replica == 1 ? name() : name() + "-" + replica;
    }

    /** Whether it can run more than once; the simulator keeps its state in memory. */
    boolean hasReplicas() {
        return program == Program.QUARKUS;
    }

    boolean hasDatabase() {
        return !database.isEmpty();
    }

    /** The artefact that Maven builds of the module. */
    Path artefact(Path root) {
        return root.resolve(folder).resolve(program.artefact);
    }

    /** Where a training run puts what the JVM has learned of this build; empty: nothing is kept of this program. */
    Optional<Path> cache(Path root) {
        return program == Program.QUARKUS ? Optional.of(artefact(root).resolveSibling(CACHE)) : Optional.empty();
    }

    String readiness() {
        return program.readiness;
    }

    /** The end of its java command. */
    List<String> arguments(Path root) {
        Path artefact = artefact(root);
        return switch (program) {
            case QUARKUS -> List.of("-jar", artefact.toString());
            case SIMULATOR ->
                List.of(
                        "-cp",
                        artefact + ":" + artefact.resolveSibling("lib") + "/*",
                        "uz.ksb.pos.simulator.BackOfficeSimulator");
        };
    }
}
