package uz.ksb.pos.local.up;

import java.nio.file.Path;
import java.util.List;

/**
 * A service of the stack.
 *
 * @param folder of its module
 * @param offset of its port from the base
 * @param database its own, and the name of its login; empty when it has none
 * @param program how its JVM is started
 */
record Service(String folder, int offset, String database, Program program) {

    /** What starts a service and tells that it is ready. */
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
            new Service("settings-service", 1, "settings", Program.QUARKUS),
            new Service("product-service", 2, "product", Program.QUARKUS),
            new Service("sales-service", 3, "sales", Program.QUARKUS),
            new Service("sync-service", 4, "sync", Program.QUARKUS),
            new Service("realtime-gateway", 5, "", Program.QUARKUS),
            new Service("deploy/back-office-simulator", Ports.SIMULATOR, "", Program.SIMULATOR));

    String name() {
        return Path.of(folder).getFileName().toString();
    }

    boolean hasDatabase() {
        return !database.isEmpty();
    }

    /** What Maven makes of the module. */
    Path artefact(Path root) {
        return root.resolve(folder).resolve(program.artefact);
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
