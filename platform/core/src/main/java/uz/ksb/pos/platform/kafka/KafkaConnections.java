package uz.ksb.pos.platform.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

@ApplicationScoped
class KafkaConnections {
    @Produces
    @Singleton
    KafkaConnection connection(Config config) {
        return KafkaConnection.of(config);
    }
}
