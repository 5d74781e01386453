package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;

/** Sends what no program of ours would: a person's data in every place where they can be, and where they cannot. */
final class HostileTill {
    /** Parts of {@link #PERSON}; in no log they may be. */
    static final List<String> PERSONAL = List.of("998907654321", "Navoiyoglu", "8600123412345678");

    private static final String PERSON = "Navoiyoglu +998907654321 8600123412345678";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EVENTS = List.of(
            "products.rows",
            "customers.rows",
            "users.rows",
            "part.end",
            "products.changed",
            "device.changed",
            "enterprise.changed",
            "rates.changed",
            "sync.requested",
            "sync.part-applied",
            "sync.rows-rejected",
            "totals.changed",
            "sale.completed",
            "user.disabled");
    private static final List<String> FIELDS = List.of(
            "syncId",
            "part",
            "chunk",
            "rows",
            "id",
            "ksbId",
            "version",
            "deviceId",
            "status",
            "zone",
            "dayStart",
            "currency",
            "cashRoundings",
            "items",
            "lines",
            "fromVersion",
            "toVersion",
            "received",
            "rejected",
            "applied",
            "name",
            "userId");

    private final RunningSystem system;
    private final String ksbId;
    private final Api.Login admin;

    HostileTill(RunningSystem system, String ksbId) {
        this.system = system;
        this.ksbId = ksbId;
        this.admin = system.api().loggedIn(ksbId, "admin");
    }

    /** Every operation of the API, with each wrong body. @return the number of requests */
    int callsEverything() throws IOException, InterruptedException {
        JsonNode document = system.api().get("/api/docs/openapi.json", null).json();
        int requests = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase();
                if (!List.of("GET", "PUT", "POST", "PATCH", "DELETE").contains(method)) {
                    continue;
                }
                JsonNode content = operation.getValue().at("/requestBody/content");
                for (String body : bodies(document, content)) {
                    String type = content.isEmpty()
                            ? "application/json"
                            : content.fieldNames().next();
                    send(method, address(path.getKey(), UUID.randomUUID().toString()), type, body);
                    send(method, address(path.getKey(), encoded(PERSON)), type, body);
                    requests += 2;
                }
            }
        }
        return requests;
    }

    private void send(String method, String address, String type, String body)
            throws IOException, InterruptedException {
        Api.Answer answer = Api.exchange(system.api()
                .request(address, admin.token())
                .header("Content-Type", type)
                .header("X-Client-Time", PERSON)
                .header("X-Device-Token", PERSON)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
        assertThat(answer.status()).as(method + " " + address).isNotEqualTo(500);
    }

    private static String address(String path, String value) {
        return path.replaceAll("\\{[^}]+}", value)
                + "?search=%1$s&q=%1$s&limit=%1$s&from=%1$s&after=%1$s".formatted(encoded(PERSON));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** None for a request that has no body. */
    private static List<String> bodies(JsonNode document, JsonNode content) {
        List<String> bodies = new ArrayList<>();
        if (content.isEmpty()) {
            bodies.add(null);
            return bodies;
        }
        JsonNode schema = resolved(document, content.elements().next().path("schema"));
        ObjectNode texts = JSON.createObjectNode();
        ObjectNode objects = JSON.createObjectNode();
        schema.path("properties").fieldNames().forEachRemaining(name -> {
            texts.put(name, PERSON);
            objects.putObject(name).put(PERSON, PERSON);
        });
        bodies.addAll(List.of(
                "{\"name\": " + PERSON,
                '"' + PERSON + '"',
                "[\"" + PERSON + "\"]",
                "{\"" + PERSON + "\": 1}",
                texts.toString(),
                objects.toString()));
        texts.fieldNames()
                .forEachRemaining(name ->
                        bodies.add(JSON.createObjectNode().put(name, PERSON).toString()));
        return bodies;
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    /** Events of all types in all topics, whose data are a person's. */
    void publishesEverywhere() throws Exception {
        ObjectNode texts = JSON.createObjectNode();
        FIELDS.forEach(field -> texts.put(field, PERSON));
        List<String> data =
                List.of("{\"name\": " + PERSON, '"' + PERSON + '"', "[\"" + PERSON + "\"]", texts.toString());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.kafka()), new StringSerializer(), new StringSerializer())) {
            for (Topics.Topic topic : Topics.all()) {
                producer.send(new ProducerRecord<>(topic.name(), PERSON, PERSON))
                        .get(30, TimeUnit.SECONDS);
                for (String type : EVENTS) {
                    for (String value : data) {
                        ProducerRecord<String, String> event = new ProducerRecord<>(topic.name(), ksbId, value);
                        new CloudEvent(Ids.next(), type, "test", Instant.now(), "x", ksbId, null)
                                .writeTo(event.headers());
                        producer.send(event).get(30, TimeUnit.SECONDS);
                    }
                }
            }
        }
    }

    /** At the socket. */
    void talksNonsense() {
        for (String message : List.of(
                PERSON,
                "{\"op\":\"" + PERSON + "\"}",
                "{\"op\":\"subscribe\",\"channels\":[\"" + PERSON + "\"]}",
                "{\"op\":\"resume\",\"position\":\"" + PERSON + "\"}",
                "{\"op\":\"auth\",\"token\":\"" + PERSON + "\"}")) {
            try (LiveTill socket = new LiveTill(system.portBase(), admin.token(), "sales")) {
                socket.say(message);
            }
        }
    }
}
