package uz.ksb.pos.sync.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.until;
import static uz.ksb.pos.sync.TillOfSync.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.sync.Ingestion;
import uz.ksb.pos.sync.SyncBackOffice;
import uz.ksb.pos.sync.TillOfSync;

/** The examples of docs/crm.md understand what the service sends. They share no code with it. */
@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class CrmExamplesTest {
    private static final Path EXAMPLES = Path.of("../docs/examples/crm");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();

    private static Process start(String example, Map<String, String> environment, List<String> options, String argument)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.add(EXAMPLES.resolve(example).toString());
        command.add(argument);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The next line that is about {@code words}. */
    private static String line(BufferedReader lines, String words) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(words)) {
                return line;
            }
        }
        throw new AssertionError("it ended without a line about " + words);
    }

    @Test
    void theKafkaExampleTellsOfACompletedSync() throws Exception {
        TillOfSync till = TillOfSync.another();
        till.office().product(Map.of("id", "p-1", "name", "Shakar"));
        Process consumer = start(
                "CompletedSyncs.java",
                Map.of("KAFKA", System.getProperty("kafka.bootstrap.servers")),
                List.of("-cp", System.getProperty("java.class.path")),
                "crm-" + Ids.next());
        try (Ingestion ingestion = new Ingestion();
                BufferedReader lines = consumer.inputReader()) {
            until(ingestion::isStarted);
            String id = till.start();
            till.ended(id, "COMPLETED");

            String line = line(lines, id);

            assertThat(line).startsWith(till.ksbId() + " " + id + " {");
            JsonNode data = json.readTree(line.substring(line.indexOf('{')));
            assertThat(data.path("parts")).hasSize(12);
            assertThat(till.sync(id).getInt(part("products", "received"))).isEqualTo(1);
        } finally {
            consumer.destroyForcibly().waitFor();
        }
    }

    @Test
    void theWebhookExampleTakesANotificationAndNoForgedOne() throws Exception {
        Process receiver = start("CrmWebhook.java", Map.of("WEBHOOK_SECRET", TestCrm.SECRET), List.of(), "0");
        Vertx vertx = Vertx.vertx();
        try (BufferedReader lines = receiver.inputReader()) {
            String address =
                    "http://127.0.0.1:" + line(lines, "listening on port").replaceAll("\\D", "") + "/sync-completed";
            CrmNotifications.Due due =
                    new CrmNotifications.Due(Ids.next(), "10000001", "{\"type\":\"sync.completed\"}", 0);
            assertThat(sent(vertx, address, TestCrm.SECRET, due)).isEqualTo("received");
            assertThat(lines.readLine()).isEqualTo("new " + due.id() + " " + due.body());
            assertThat(sent(vertx, address, TestCrm.SECRET, due)).isEqualTo("received");
            assertThat(lines.readLine()).isEqualTo("again " + due.id() + " " + due.body());

            assertThat(sent(vertx, address, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", due))
                    .isEqualTo("status 401");
            assertThat(sentAt(vertx, address, due, Instant.now().minusSeconds(301)))
                    .isEqualTo("status 401");
            RestAssured.given().body("{}").post(address).then().statusCode(401);
        } finally {
            vertx.closeAndAwait();
            receiver.destroyForcibly().waitFor();
        }
    }

    private static String sent(Vertx vertx, String address, String secret, CrmNotifications.Due due) {
        return send(vertx, address, secret, due, Clock.systemUTC());
    }

    private static String sentAt(Vertx vertx, String address, CrmNotifications.Due due, Instant at) {
        return send(vertx, address, TestCrm.SECRET, due, Clock.fixed(at, ZoneOffset.UTC));
    }

    private static String send(Vertx vertx, String address, String secret, CrmNotifications.Due due, Clock clock) {
        OneNotification one = new OneNotification(due);
        new CrmWebhookSender(one, TestCrm.at(address, secret), vertx, clock)
                .sendDue()
                .await()
                .atMost(LIMIT);
        return one.outcome;
    }

    /** One that is due, and what came of it. */
    private static final class OneNotification extends CrmNotifications {
        private final Due due;
        private String outcome;
        private boolean taken;

        OneNotification(Due due) {
            super(null, null, null);
            this.due = due;
        }

        @Override
        Uni<Optional<Due>> takeDue(
                Duration lease, Duration longest, boolean fresh, boolean failed, Collection<String> others) {
            boolean first = !taken;
            taken = true;
            return Uni.createFrom().item(first ? Optional.of(due) : Optional.empty());
        }

        @Override
        Uni<Void> received(Due request) {
            outcome = "received";
            return Uni.createFrom().voidItem();
        }

        @Override
        Uni<Void> failed(Due request, String error, Optional<Duration> pause) {
            outcome = error;
            return Uni.createFrom().voidItem();
        }
    }
}
