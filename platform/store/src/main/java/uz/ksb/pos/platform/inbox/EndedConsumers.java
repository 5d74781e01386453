package uz.ksb.pos.platform.inbox;

import io.quarkus.runtime.Quarkus;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

/**
 * Ends the process when one of its consumers has ended, so that it is started again. A consumer that Kafka's client cannot make
 * (no address of a broker is known, a certificate is missing), or that may not read its topic, never tries again by itself: the
 * service would answer requests and hear of nothing. Kafka being away is no end: the client waits for it.
 */
@ApplicationScoped
class EndedConsumers {
    private static final Logger LOG = Logger.getLogger(EndedConsumers.class);

    private final KafkaConnector connector;

    EndedConsumers(@Connector(KafkaConnector.CONNECTOR_NAME) KafkaConnector connector) {
        this.connector = connector;
    }

    @Scheduled(every = "1s")
    void look() {
        HealthReport report = connector.getLiveness();
        if (!report.isOk()) {
            LOG.fatalf(
                    "The service ends, to be started again, because consumers have ended: %s",
                    report.getChannels().stream()
                            .filter(channel -> !channel.isOk())
                            .map(HealthReport.ChannelInfo::getChannel)
                            .collect(Collectors.joining(", ")));
            Quarkus.asyncExit(1);
        }
    }
}
