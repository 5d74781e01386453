package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;

/** A system with traces and the logs of production: one sale is followed through all of it. */
@Tag("long")
class ObservedSystemTest {
    private static final String KSB_ID = "10000002";
    private static final String SALE = "0192a7c4-0000-7000-8000-000000000001";
    private static final String REQUESTED_BY = "00f067aa0ba902b7";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TraceReceiver traces;
    private static RunningSystem system;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        traces = new TraceReceiver();
        Path state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "state-observed-");
        system = RunningSystem.start(
                state,
                RunningSystem.freePortBase(),
                Map.of(
                        "POS_TRACES_ENDPOINT",
                        traces.address(),
                        "QUARKUS_OTEL_TRACES_SAMPLER_ARG",
                        "1",
                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                        "200ms",
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                        "true"));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (system != null) {
            system.stop();
        }
        traces.close();
    }

    @Test
    void aTraceLeadsFromTheTillsRequestToTheSocket() throws Exception {
        Api.Login till = system.api().loggedIn(KSB_ID, "kassir");
        String traceId = newTrace();
        try (LiveTill screen = new LiveTill(system.portBase(), till.token(), "sales")) {
            String sale = sold(till, traceId);
            screen.awaitEvent("sale.completed", data -> data.path("id").asText().equals(sale));
            screen.awaitEvent("sale.delivered", data -> data.path("id").asText().equals(sale));

            within(LIMIT, () -> {
                mustBeWhole(traceId);
                // Work for all enterprises is not a part of one sale's trace.
                assertThat(traces.trace(traceId)).noneMatch(span -> span.name().contains("delivery_leases"));
            });
        }
        System.out.println(tree(traceId, REQUESTED_BY, ""));
    }

    /** Kafka gets the sale's events when it is back, and once more, because the relay could not note that it has them. */
    @Test
    void aTraceIsOneWhenItsEventsHadToBeSentAgain() throws Exception {
        Api.Login till = system.api().loggedIn(KSB_ID, "kassir");
        String traceId = newTrace();
        try (LiveTill screen = new LiveTill(system.portBase(), till.token(), "sales")) {
            String sale;
            system.freeze("Kafka");
            try (Connection connection = system.salesDatabase();
                    Statement statement = connection.createStatement()) {
                sale = sold(till, traceId);
                within(LIMIT, () -> assertThat(statement
                                .executeQuery("select 1 from outbox where time < now() - interval '2 seconds'")
                                .next())
                        .isTrue());
                assertThat(statement
                                .executeQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                                        + " where application_name = 'sales-service outbox relay'")
                                .next())
                        .isTrue();
            } finally {
                system.goOn("Kafka");
            }
            screen.awaitEvent("sale.completed", data -> data.path("id").asText().equals(sale));

            within(LIMIT, () -> assertThat(TopicReader.all(system.kafka(), Topics.SALES))
                    .filteredOn(copy -> copy.event().type().equals("sale.completed")
                            && sale.equals(copy.event().subject()))
                    .hasSizeGreaterThan(1));
            within(LIMIT, () -> mustBeWhole(traceId));
            // Nothing more comes: neither a second end nor a second write.
            String other = sold(till, newTrace());
            screen.awaitEvent("sale.delivered", data -> data.path("id").asText().equals(other));
            mustBeWhole(traceId);
        }
        System.out.println(tree(traceId, REQUESTED_BY, ""));
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The id of a sale whose request is a part of this trace. */
    private static String sold(Api.Login till, String traceId) throws IOException, InterruptedException {
        FinishedSale sale = FinishedSale.now("GBP", "traced", "12.50");
        Api.Answer answer = Api.exchange(Api.json(
                        system.api()
                                .request("/api/sales/batch", till.token())
                                .header("traceparent", "00-" + traceId + "-" + REQUESTED_BY + "-01"),
                        "POST",
                        List.of(sale.document()))
                .build());
        assertThat(answer.status()).as(answer::body).isEqualTo(200);
        return sale.id();
    }

    /** From the request to the socket, by the consumers too: every span has its parent, and each event one of its publishing and writing. */
    private static void mustBeWhole(String traceId) {
        TraceReceiver.Span request = span(traceId, "sales-service", "POST /api/sales/batch");
        TraceReceiver.Span publish = span(traceId, "sales-service", "pos.sales.v1 publish");
        TraceReceiver.Span write = span(traceId, "realtime-gateway", "pos.sales.v1 write");
        assertThat(request.parentId()).isEqualTo(REQUESTED_BY);
        assertThat(write.parentId()).isEqualTo(publish.id());
        assertThat(ancestors(publish)).contains(request.id());
        List<TraceReceiver.Span> all = traces.trace(traceId);
        assertThat(all).anyMatch(span -> span.service().equals("product-service"));
        assertThat(all).extracting(TraceReceiver.Span::id).doesNotHaveDuplicates();
        assertThat(all).filteredOn(span -> !span.equals(request)).allMatch(span -> all.stream()
                .anyMatch(other -> other.id().equals(span.parentId())));
        assertThat(all)
                .filteredOn(
                        span -> span.name().endsWith(" publish") || span.name().endsWith(" write"))
                .extracting(span -> span.name() + " " + span.eventId())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "settings-service, settings, users, /api/users",
        "product-service, product, currency_rates, /api/currency-rates",
        "sales-service, sales, sales, /api/sales/" + SALE,
        "sync-service, sync, syncs, /api/syncs"
    })
    void aFailedRequestIsOneLineOfJsonWithItsIds(String service, String database, String table, String path)
            throws Exception {
        Api.Login till = system.api().loggedIn(KSB_ID, "admin");
        try (Connection connection = system.database(database);
                Statement statement = connection.createStatement()) {
            statement.execute("alter table " + table + " rename to away");
            try {
                assertThat(system.api().get(path, till.token()).status()).isEqualTo(500);
            } finally {
                statement.execute("alter table away rename to " + table);
            }
        }
        JsonNode line = line(service, "A request failed unexpectedly");
        assertThat(line.at("/mdc/ksbId").asText()).isEqualTo(KSB_ID);
        assertThat(line.at("/mdc/deviceId").asText()).isEqualTo(till.deviceId());
        assertThat(line.at("/mdc/traceId").asText()).hasSize(32);
        assertThat(line.at("/mdc/saleId").asText()).isEqualTo(path.endsWith(SALE) ? SALE : "");
    }

    @Test
    void aMessageThatCannotBeReadIsOneLineOfJsonWithItsIds() throws Exception {
        Garbage.publish(system.kafka(), KSB_ID);

        for (String service : List.of("realtime-gateway", "product-service")) {
            JsonNode line = line(service, service.equals("realtime-gateway") ? "Left out" : "goes to the dead letters");
            assertThat(line.at("/mdc/ksbId").asText()).as(service).isEqualTo(KSB_ID);
            assertThat(line.at("/mdc/eventId").asText()).as(service).hasSize(36);
        }
    }

    /** All that concerned a sale is found by its id, in each service that its events come to. */
    @Test
    void linesAboutASalesEventNameTheSaleAndItsTrace() throws Exception {
        String sale = UUID.randomUUID().toString();
        String traceId = newTrace();
        ProducerRecord<String, String> event = new ProducerRecord<>(Topics.SALES, KSB_ID, "{kesilgan");
        new CloudEvent(
                        Ids.next(),
                        "sale.completed",
                        "test",
                        Instant.now(),
                        sale,
                        KSB_ID,
                        "00-" + traceId + "-" + REQUESTED_BY + "-01")
                .writeTo(event.headers());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.kafka()), new StringSerializer(), new StringSerializer())) {
            producer.send(event).get(30, TimeUnit.SECONDS);
        }

        for (String service : List.of("realtime-gateway", "product-service")) {
            JsonNode line = line(service, Topics.SALES, sale);
            assertThat(line.at("/mdc/ksbId").asText()).as(service).isEqualTo(KSB_ID);
            assertThat(line.at("/mdc/traceId").asText()).as(service).isEqualTo(traceId);
        }
    }

    @Test
    void nothingOfWhatIsSentStandsInTheLogsOrTheSpans() throws Exception {
        HostileTill till = new HostileTill(system, KSB_ID);
        String search = "phone998901110022";
        String token = system.api().loggedIn(KSB_ID, "kassir").token();

        assertThat(system.api().get("/api/customers?search=" + search, token).status())
                .isEqualTo(200);
        assertThat(till.callsEverything()).isGreaterThan(300);
        till.talksNonsense();
        till.publishesEverywhere();
        refusedByTheDatabase();
        for (String service : List.of("settings-service", "product-service", "sales-service", "sync-service")) {
            assertThat(line(service, "goes to the dead letters")).isNotNull();
        }

        within(LIMIT, () -> assertThat(traces.holds("/api/customers")).isTrue());
        assertThat(traces.holds(search)).isFalse();
        try (Stream<Path> logs = Files.list(system.state().resolve("logs"))) {
            assertThat(logs).hasSizeGreaterThan(6).allSatisfy(log -> {
                String text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
                assertThat(HostileTill.PERSONAL).as(log.toString()).noneMatch(text::contains);
            });
        }
    }

    /** PostgreSQL would tell its own log the row. */
    private static void refusedByTheDatabase() throws SQLException {
        try (Connection connection = system.database("settings");
                PreparedStatement statement =
                        connection.prepareStatement("insert into enterprises (ksb_id, name) values (?, ?)")) {
            statement.setString(1, HostileTill.PERSONAL.getFirst());
            statement.setString(2, HostileTill.PERSONAL.getLast());
            assertThatThrownBy(statement::execute).hasMessageContaining("ck_enterprises_ksb_id");
        }
    }

    /** The first line of a service with {@code message} and the enterprise. Every line is JSON and names the service. */
    private static JsonNode line(String service, String message) {
        return line(service, message, "");
    }

    /** @param sale empty: any line, of a sale or not */
    private static JsonNode line(String service, String message, String sale) {
        List<JsonNode> found = new ArrayList<>();
        within(LIMIT, () -> {
            found.clear();
            for (String text : Files.readAllLines(system.state().resolve("logs").resolve(service + ".log"))) {
                JsonNode line = JSON.readTree(text);
                assertThat(line.path("service").asText()).as(text).isEqualTo(service);
                assertThat(line.path("level").asText()).as(text).isNotEmpty();
                if (line.path("message").asText().contains(message)
                        && line.at("/mdc").has("ksbId")
                        && line.at("/mdc/saleId").asText().startsWith(sale)) {
                    found.add(line);
                }
            }
            assertThat(found).isNotEmpty();
        });
        return found.getFirst();
    }

    private static TraceReceiver.Span span(String traceId, String service, String name) {
        return traces.trace(traceId).stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " " + name + " is not in " + traces.trace(traceId)));
    }

    private static List<String> ancestors(TraceReceiver.Span span) {
        return traces.trace(span.traceId()).stream()
                .filter(other -> other.id().equals(span.parentId()))
                .flatMap(parent -> Stream.concat(Stream.of(parent.id()), ancestors(parent).stream()))
                .toList();
    }

    /** The spans below one, as lines: name, service, length. */
    private static String tree(String traceId, String parent, String indentation) {
        StringBuilder lines = new StringBuilder();
        traces.trace(traceId).stream()
                .filter(span -> span.parentId().equals(parent))
                .sorted(Comparator.comparingLong(TraceReceiver.Span::start))
                .forEach(span -> lines.append("%s%s (%s) %.1f ms%n"
                                .formatted(indentation, span.name(), span.service(), (span.end() - span.start()) / 1e6))
                        .append(tree(traceId, span.id(), indentation + "  ")));
        return lines.toString();
    }
}
