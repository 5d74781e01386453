package uz.ksb.pos.settings.bootstrap;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Fills a new database. */
@ApplicationScoped
class DatabaseBootstrap {
    private static final int AFTER_THE_PRODUCTION_CHECKS = 100;

    void fill(
            @Observes @Priority(AFTER_THE_PRODUCTION_CHECKS) StartupEvent starting,
            SampleEnterprises samples,
            FirstAdmin firstAdmin) {
        samples.addMissing();
        firstAdmin.addMissing();
    }
}
