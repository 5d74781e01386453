package uz.ksb.pos.benchmarks.gateway;

import java.util.ArrayList;
import java.util.List;

/** Things that were started, closed in the opposite order. */
final class Opened implements AutoCloseable {
    private final List<AutoCloseable> resources = new ArrayList<>();

    <T extends AutoCloseable> T add(T resource) {
        resources.addFirst(resource);
        return resource;
    }

    @Override
    public void close() {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception gone) {
                System.err.println("pos bench: " + gone.getMessage());
            }
        }
        resources.clear();
    }
}
