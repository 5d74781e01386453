package uz.ksb.pos.gateway.log;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position.Place;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.rings.RingListener;
import uz.ksb.pos.gateway.rings.RingWriter;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/**
 * Reads every partition of every live topic, without a consumer group, on a thread of its own, for as long as the node
 * lives. Kafka being away only makes the clients wait.
 */
public final class LogReader {
    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
    private static final long EVICTION_MILLIS = 1_000;
    private static final int MAX_RECORDS = 2_000;
    /**
     * Least time from one turn to the next. Each turn is a write to every client, however many events it has: so the more
     * there are, the longer the turns, up to {@value #MAX_PACES} of it.
     */
    private static final Duration PACE = Duration.ofMillis(2);

    private static final int MAX_PACES = 5;
    private static final int RECORDS_PER_PACE = 4;

    private final KafkaConnection connection;
    private final Admin admin;
    private final RingConfig config;
    private final Rings rings;
    private final RingListener listener;
    private final LagMonitor lag;
    private volatile boolean running;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean caughtUp;
    private long nextEviction;
    /** Drawn anew when the log lost something: positions told before are void here, whatever offsets they name. */
    private long cut;

    public LogReader(
            KafkaConnection connection,
            Admin admin,
            RingConfig config,
            Rings rings,
            RingListener listener,
            LagMonitor lag) {
        this.connection = connection;
        this.admin = admin;
        this.config = config;
        this.rings = rings;
        this.listener = listener;
        this.lag = lag;
    }

    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("log-reader").start(this::run);
    }

    public void stop() {
        running = false;
        KafkaConsumer<String, byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
    }

    /** Whether the rings hold all that was in the log when this reader started. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    private void run() {
        while (running) {
            try {
                readFromStart();
            } catch (WakeupException stopping) {
                return;
            } catch (OffsetOutOfRangeException e) {
                LOG.warnf("The log was cut where this node was reading, which starts anew: %s", e);
                cut = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
            } catch (KafkaException e) {
                LOG.warnf("Reading the log starts anew: %s", e);
                pause(PAUSE_AFTER_FAILURE);
            } catch (RuntimeException e) {
                LOG.error("Reading the log failed and starts anew", e);
                pause(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void readFromStart() {
        caughtUp = false;
        LogWindow window = LogWindow.of(admin, config, cut);
        rings.begin(window.starts());
        listener.restarted();
        RingWriter writer = new RingWriter(rings, listener);
        try (KafkaConsumer<String, byte[]> reading =
                new LogConsumers(connection).open(MAX_RECORDS, Topics.MAX_MESSAGE_BYTES)) {
            consumer = reading;
            reading.assign(window.readFrom().keySet());
            window.readFrom().forEach(reading::seek);
            Map<TopicPartition, Place> awaited = new HashMap<>(window.ends());
            TopicWatch topics = new TopicWatch(admin, window.topicIds());
            while (running) {
                readOnce(reading, writer);
                topics.requireTheSame();
                if (caughtUp) {
                    lag.look(listener::lagChanged);
                } else {
                    awaited.entrySet()
                            .removeIf(end -> reading.position(end.getKey())
                                    >= end.getValue().next());
                    if (awaited.isEmpty()) {
                        lag.begin();
                        caughtUp = true;
                    }
                }
            }
        }
    }

    private void readOnce(KafkaConsumer<String, byte[]> reading, RingWriter writer) {
        ConsumerRecords<String, byte[]> records = reading.poll(POLL);
        long begun = System.nanoTime();
        for (ConsumerRecord<String, byte[]> read : records) {
            writer.accept(read);
        }
        writer.turnEnded();
        long now = System.currentTimeMillis();
        if (now >= nextEviction) {
            rings.evictOlderThan(now - config.window().toMillis());
            nextEviction = now + EVICTION_MILLIS;
        }
        if (caughtUp && !records.isEmpty()) {
            pause(PACE.multipliedBy(Math.min(MAX_PACES, 1 + records.count() / RECORDS_PER_PACE))
                    .minusNanos(System.nanoTime() - begun));
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Names of all live topics. */
    static List<String> topics() {
        return Arrays.stream(LiveTopic.values()).map(LiveTopic::topicName).toList();
    }
}
