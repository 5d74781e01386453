package uz.ksb.pos.platform.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import uz.ksb.pos.platform.production.ProductionReadinessChecks;

@ApplicationScoped
class KafkaConnections {
    /** Clients are made before all observers of the start: where the login is missing they would fail without a word of it. */
    @Produces
    @Singleton
    KafkaConnection connection(Config config, ProductionReadinessChecks settings) {
        settings.check();
        return KafkaConnection.of(config);
    }
}
