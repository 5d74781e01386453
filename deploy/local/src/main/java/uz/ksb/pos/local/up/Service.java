package uz.ksb.pos.local.up;

import java.nio.file.Path;
import java.util.List;

/**
 * A service of the stack.
 *
 * @param name of its module and folder
 * @param offset of its port from the base
 * @param database its own, and the name of its login; empty when it has none
 */
record Service(String name, int offset, String database) {

    /** In the order in which they are shown. */
    static final List<Service> ALL = List.of(
            new Service("settings-service", 1, "settings"),
            new Service("product-service", 2, "product"),
            new Service("sales-service", 3, "sales"));

    boolean hasDatabase() {
        return !database.isEmpty();
    }

    /** What Maven makes of the module. */
    Path jar(Path root) {
        return root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
