package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.till.TokenIssuer;

/** A thousand tills on two nodes, one killed and one stopped under load: nothing lost, doubled or out of order. */
@Tag("long")
class GatewayRestartTest {

    private static final int TILLS = 1_000;
    private static final int SHOPS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long BACK_MILLIS = 30_000;

    @TempDir
    Path folder;

    @Test
    void everyTillHearsEverySaleOnceThroughAKillAndAPlannedRestart() throws Exception {
        TokenIssuer tokens = new TokenIssuer();
        try (LiveNodes nodes = new LiveNodes(folder, tokens.publicKey());
                Load load = new Load(nodes.kafka())) {
            List<HistoryTill> tills = new ArrayList<>();
            for (int till = 0; till < TILLS; till++) {
                tills.add(new HistoryTill(nodes, till % 2, tokens.token(shop(till % SHOPS))));
            }
            try {
                within(LIMIT, () -> assertThat(tills).allMatch(HistoryTill::isConnected));
                Thread unused = Thread.ofVirtual().start(load);
                load.awaitMore(200);

                nodes.kill(0);
                load.awaitMore(200);
                within(LIMIT, () -> assertThat(tills).allMatch(HistoryTill::isConnected));
                nodes.start(0);
                nodes.awaitReady(0);
                nodes.stop(1);
                load.awaitMore(200);
                load.stop();

                within(LIMIT, () -> assertThat(tills).allMatch(till -> till.next() == load.sent()));
                assertThat(tills).extracting(HistoryTill::wrong).containsOnlyNulls();
                assertThat(tills).allMatch(till -> till.longestBreakMillis() < BACK_MILLIS);
                System.out.printf(
                        "%d tills, %d sales per shop, longest break %d ms%n",
                        TILLS,
                        load.sent(),
                        tills.stream()
                                .mapToLong(HistoryTill::longestBreakMillis)
                                .max()
                                .orElseThrow());
            } finally {
                load.stop();
                for (HistoryTill till : tills) {
                    till.close();
                }
            }
        }
    }

    private static String shop(int number) {
        return Integer.toString(81_000_000 + number);
    }

    /** The same number of sales for each shop, each event sometimes twice, as a relay does that died. */
    private static final class Load implements Runnable, AutoCloseable {
        private static final long PAUSE_MILLIS = 100;

        private final KafkaProducer<String, byte[]> producer;
        private volatile boolean stopped;
        private volatile long sent;
        private volatile boolean ended;

        Load(String bootstrapServers) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }

        @Override
        public void run() {
            while (!stopped) {
                long number = sent;
                for (int shop = 0; shop < SHOPS; shop++) {
                    ProducerRecord<String, byte[]> event = sale(shop(shop), number);
                    var unused = producer.send(event);
                    if (number % 7 == 0) {
                        var unusedRepeat = producer.send(event);
                    }
                }
                producer.flush();
                sent = number + 1;
                sleep();
            }
            ended = true;
        }

        private static ProducerRecord<String, byte[]> sale(String ksbId, long number) {
            ProducerRecord<String, byte[]> event = new ProducerRecord<>(
                    Topics.SALES,
                    ksbId,
                    ("{\"id\":\"s" + number + "\",\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
            new CloudEvent(UUID.randomUUID(), "sale.opened", "test", Instant.now(), "s" + number, ksbId, null)
                    .writeTo(event.headers());
            return event;
        }

        /** How many sales each shop has. */
        long sent() {
            return sent;
        }

        void awaitMore(int sales) {
            long wanted = sent + sales;
            within(LIMIT, () -> assertThat(sent).isGreaterThanOrEqualTo(wanted));
        }

        void stop() {
            boolean started = sent > 0;
            stopped = true;
            if (started) {
                within(LIMIT, () -> assertThat(ended).isTrue());
            }
        }

        private static void sleep() {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
