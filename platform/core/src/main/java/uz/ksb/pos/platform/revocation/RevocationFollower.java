package uz.ksb.pos.platform.revocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.kafka.KafkaConnection;
import uz.ksb.pos.platform.log.LogContext;

/** Reads {@code pos.settings.v1} from 20 minutes ago on, all partitions, without a consumer group. */
@ApplicationScoped
class RevocationFollower {
    private static final Logger LOG = Logger.getLogger(RevocationFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 1000;
    /** Kafka stamps records, and tokens are issued, in real time whatever offset the business clock has. */
    private static final Clock REAL_TIME = Clock.systemUTC();

    private final Revocations revocations;
    private final ObjectMapper json;
    private final KafkaConnection kafka;
    private final Thread thread = new Thread(this::run, "revocations");
    private volatile KafkaConsumer<?, ?> current;
    private volatile boolean stopped;

    RevocationFollower(Revocations revocations, ObjectMapper json, KafkaConnection kafka) {
        this.revocations = revocations;
        this.json = json;
        this.kafka = kafka;
    }

    void start(@Observes StartupEvent starting) {
        if (kafka.isKnown()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        KafkaConsumer<?, ?> waiting = current;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    /** Begins anew after each failure, so that nothing is skipped. */
    private void run() {
        while (!stopped) {
            try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                    kafka.with(Map.of("fetch.max.wait.ms", "5000", "enable.auto.commit", "false")),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                current = consumer;
                follow(consumer);
            } catch (KafkaException | IllegalStateException away) {
                LOG.debugf("Revocations are not followed for now: %s", away);
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, String> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.SETTINGS).stream()
                .map(info -> new TopicPartition(Topics.SETTINGS, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + Topics.SETTINGS);
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long since = REAL_TIME.millis() - Revocations.KEPT.toMillis();
        Map<TopicPartition, OffsetAndTimestamp> starts =
                consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(one -> one, one -> since)));
        starts.forEach((partition, start) -> {
            consumer.seek(partition, start == null ? ends.get(partition) : start.offset());
        });
        while (!stopped) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, String> read) {
        try {
            CloudEvent event = CloudEvent.readFrom(read.headers());
            // Not the event's own time: that follows the business clock.
            Instant time = Instant.ofEpochMilli(read.timestamp());
            if (event.type().equals("user.disabled")) {
                revocations.revoke(event.ksbId(), event.subject(), time);
            } else if (event.type().equals("device.changed")) {
                take(event, json.readTree(read.value()), time);
            }
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            try (LogContext.Lines ids = LogContext.of(read.headers())) {
                LOG.warnf("Left out %s-%d@%d: it cannot be read", read.topic(), read.partition(), read.offset());
            }
        }
    }

    private void take(CloudEvent event, JsonNode device, Instant time) {
        if (device.path("status").asText().equals("BLOCKED")) {
            revocations.revoke(event.ksbId(), event.subject(), time);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
