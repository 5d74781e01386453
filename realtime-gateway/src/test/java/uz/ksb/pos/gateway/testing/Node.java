package uz.ksb.pos.gateway.testing;

import static uz.ksb.pos.platform.testing.Eventually.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.hub.Log;
import uz.ksb.pos.gateway.log.KafkaLogBounds;
import uz.ksb.pos.gateway.log.LagMonitor;
import uz.ksb.pos.gateway.log.LogHistory;
import uz.ksb.pos.gateway.log.LogReader;
import uz.ksb.pos.gateway.log.PieceReader;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.snapshot.Snapshots;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/** All of a gateway node but its sockets: it reads the real Kafka. Its owners of snapshots do not answer. */
public final class Node implements AutoCloseable {
    public final Rings rings;
    public final Hub hub;
    private final Admin admin;
    private final LogReader reader;

    /** Returns when the node has read the log. */
    public Node(String kafkaServers, RingConfig config) {
        admin = Admin.create(Map.of("bootstrap.servers", kafkaServers));
        KafkaConnection kafka = KafkaConnection.to(kafkaServers);
        rings = new Rings(config);
        LogBounds bounds = new KafkaLogBounds(admin, kafka, rings);
        LagMonitor lag = new LagMonitor(bounds, rings);
        LogHistory history = new LogHistory(
                new PieceReader(kafka, rings), rings, config.historyBytes().asLongValue());
        hub = new Hub(
                new Log(rings, bounds, history, lag::behind, config.historyEvents()),
                (channel, verified) -> CompletableFuture.completedFuture(new Snapshots.Snapshot.Unavailable()),
                new LiveMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));
        reader = new LogReader(kafka, admin, config, rings, hub, lag);
        reader.start();
        until(reader::isCaughtUp);
    }

    /** Rings of 5 KB per enterprise. */
    public static RingConfig smallRings(long historyEvents) {
        return new SmallRings(historyEvents);
    }

    @Override
    public void close() {
        reader.stop();
        admin.close(Duration.ZERO);
    }

    private record SmallRings(long historyEvents) implements RingConfig {
        @Override
        public Duration window() {
            return Duration.ofMinutes(5);
        }

        @Override
        public MemorySize maxBytes() {
            return new MemorySize(BigInteger.valueOf(5_000));
        }

        @Override
        public MemorySize historyBytes() {
            return new MemorySize(BigInteger.valueOf(100_000));
        }

        @Override
        public Duration settingsWindow() {
            return Duration.ofMinutes(20);
        }
    }
}
