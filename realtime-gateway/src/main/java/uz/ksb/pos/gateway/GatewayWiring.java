package uz.ksb.pos.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.hub.Log;
import uz.ksb.pos.gateway.log.KafkaLogBounds;
import uz.ksb.pos.gateway.log.LagMonitor;
import uz.ksb.pos.gateway.log.LogHistory;
import uz.ksb.pos.gateway.log.LogReader;
import uz.ksb.pos.gateway.log.PieceReader;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.snapshot.FairSnapshots;
import uz.ksb.pos.gateway.snapshot.OwnerConfig;
import uz.ksb.pos.gateway.snapshot.OwnerSnapshots;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/** Puts rings, hub and reader together, which know nothing of CDI, and starts the reader. */
@ApplicationScoped
class GatewayWiring {
    @Produces
    @Singleton
    LiveMetrics metrics(MeterRegistry registry, Clock clock) {
        return new LiveMetrics(registry, clock);
    }

    /** One for all ways to connect. */
    @Produces
    @Singleton
    ConnectionQuotas quotas() {
        return new ConnectionQuotas();
    }

    @Produces
    @Singleton
    Rings rings(RingConfig config, MeterRegistry registry) {
        Rings rings = new Rings(config);
        Gauge.builder("pos.live.ring.events", rings, Rings::events).register(registry);
        Gauge.builder("pos.live.ring.bytes", rings, Rings::bytes).register(registry);
        return rings;
    }

    @Produces
    @Singleton
    Admin kafka(KafkaConnection connection) {
        return Admin.create(connection.with(Map.of("reconnect.backoff.max.ms", "1000")));
    }

    void close(@Disposes Admin kafka) {
        kafka.close(Duration.ofSeconds(1));
    }

    @Produces
    @Singleton
    LogBounds bounds(Admin kafka, KafkaConnection connection, Rings rings) {
        return new KafkaLogBounds(kafka, connection, rings);
    }

    @Produces
    @Singleton
    LagMonitor lag(LogBounds bounds, Rings rings, MeterRegistry registry) {
        LagMonitor lag = new LagMonitor(bounds, rings);
        Gauge.builder("pos.live.behind.seconds", lag, LagMonitor::secondsBehind)
                .description("How long this node has not had all that Kafka has")
                .register(registry);
        return lag;
    }

    @Produces
    @Singleton
    Hub hub(
            KafkaConnection connection,
            RingConfig config,
            Rings rings,
            LogBounds bounds,
            LagMonitor lag,
            Vertx vertx,
            OwnerConfig owners,
            LiveMetrics metrics) {
        History history = new LogHistory(
                new PieceReader(connection, rings), rings, config.historyBytes().asLongValue());
        Log log = new Log(rings, bounds, history, lag::behind, config.historyEvents());
        return new Hub(log, new FairSnapshots(new OwnerSnapshots(vertx, owners)), metrics);
    }

    @Produces
    @Singleton
    LogReader reader(KafkaConnection connection, Admin kafka, RingConfig config, Rings rings, Hub hub, LagMonitor lag) {
        return new LogReader(connection, kafka, config, rings, hub, lag);
    }

    void start(@Observes StartupEvent started, LogReader reader) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent stopping, LogReader reader) {
        reader.stop();
    }
}
