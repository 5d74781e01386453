package uz.ksb.pos.platform.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/**
 * Publishes the outbox: reads the visible rows by identity, sends them, and takes them out after Kafka's
 * acknowledgement.
 *
 * <p>A thread of its own, because Kafka's producer may block for as long as Kafka is away. Of several replicas the one
 * that holds the advisory lock works; the others wait for it to end, or to be silent for too long: the database then ends its
 * session. A relay that wakes up later may send the batch that it has read, but reads and removes nothing more.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    /** This many events in one turn make the next turn wait for a pace longer. */
    private static final int EVENTS_PER_PACE = 4;

    private static final int KAFKA_ANSWER_MILLIS = 5_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final OutboxConfig config;
    private final OutboxSignal signal;
    private final OutboxDatabase database;
    private final KafkaConnection kafka;
    private final PublishSpans spans = new PublishSpans();
    private volatile boolean running;
    private Thread thread;

    OutboxRelay(OutboxConfig config, OutboxSignal signal, OutboxDatabase database, KafkaConnection kafka) {
        this.config = config;
        this.signal = signal;
        this.database = database;
        this.kafka = kafka;
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            running = true;
            thread = Thread.ofPlatform().daemon().name("outbox-relay").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        running = false;
        if (thread != null) {
            thread.interrupt();
            thread.join(Duration.ofSeconds(5));
        }
    }

    /** Goes on after every failure, an unexpected one too: events that nobody publishes are a silent gap. */
    private void run() {
        while (running) {
            try {
                holdOneTurn();
            } catch (InterruptedException | InterruptException stopping) {
                LOG.debug("the relay is asked to stop", stopping);
            } catch (ExecutionException | KafkaException away) {
                tryAgainLater(away);
            } catch (RuntimeException | Error unexpected) {
                LOG.error("Publishing events failed unexpectedly and will go on", unexpected);
                tryAgainLater(unexpected);
            }
        }
        spans.left(List.of());
    }

    /** One session's life: wait for the lock, publish until the session or the process ends. */
    private void holdOneTurn() throws InterruptedException, ExecutionException {
        try (OutboxDatabase.Session session = database.open(signal::received)) {
            while (!session.tryLock()) {
                Thread.sleep(config.takeover());
            }
            signal.relayIsHere(true);
            publishForEver(session);
        } finally {
            signal.relayIsHere(false);
        }
    }

    private void publishForEver(OutboxDatabase.Session session) throws InterruptedException, ExecutionException {
        Producer<String, String> producer = new KafkaProducer<>(OutboxProducer.settings(kafka));
        Admin admin = Admin.create(kafka.with(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                KAFKA_ANSWER_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                KAFKA_ANSWER_MILLIS)));
        try {
            LostTail lostTail = new LostTail(session, admin, config);
            while (running) {
                lostTail.check();
                publishNext(producer, session, lostTail);
            }
        } finally {
            admin.close(Duration.ZERO);
            producer.close(Duration.ofSeconds(1));
        }
    }

    private void publishNext(Producer<String, String> producer, OutboxDatabase.Session session, LostTail lostTail)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        List<OutboxDatabase.StoredEvent> batch =
                session.read(config.batch(), config.batchSize().asLongValue());
        spans.left(batch);
        if (batch.isEmpty()) {
            signal.await(
                    lostTail.hasSomeToForget()
                            ? config.pace().toMillis()
                            : Math.min(config.poll().toMillis(), config.check().toMillis()));
        } else {
            List<RecordMetadata> places = publish(producer, batch);
            lostTail.acknowledged(places);
            session.keep(batch, places);
        }
        if (batch.size() < config.batch()) {
            Duration least = pause(batch.size(), config.pace(), config.longestPace());
            TimeUnit.NANOSECONDS.sleep(least.toNanos() - (System.nanoTime() - begun));
        }
    }

    /**
     * From one reading to the next: each turn costs this process, Kafka and every consumer the same, however many events it
     * has, so the more there are, the longer the turns.
     */
    static Duration pause(int events, Duration pace, Duration longest) {
        Duration wanted = pace.multipliedBy(1 + events / EVENTS_PER_PACE);
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    private List<RecordMetadata> publish(Producer<String, String> producer, List<OutboxDatabase.StoredEvent> batch)
            throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(batch.size());
        for (OutboxDatabase.StoredEvent event : batch) {
            ProducerRecord<String, String> message =
                    new ProducerRecord<>(event.topic(), event.event().ksbId(), event.data());
            spans.traced(event.topic(), event.event()).writeTo(message.headers());
            acknowledgements.add(producer.send(message));
        }
        producer.flush();
        List<RecordMetadata> places = new ArrayList<>(batch.size());
        for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            places.add(acknowledgement.get());
        }
        spans.acknowledged();
        return places;
    }

    private void tryAgainLater(Throwable failure) {
        if (!running) {
            return;
        }
        LOG.warn("Publishing events is interrupted and will go on", failure);
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException stopping) {
            LOG.debug("the relay is asked to stop", stopping);
        }
    }
}
