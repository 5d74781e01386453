package uz.ksb.pos.simulator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import uz.ksb.pos.simulator.crm.WebhookSignature;

/** A simulator as its callers see it: an address. */
final class Simulator implements AutoCloseable {

    static final String SHOP = "10000001";
    static final String SECOND_SHOP = "10000002";
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String PASSWORD = "secret of the tests";
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final AutoCloseable running;

    Simulator(int port, AutoCloseable running) {
        this.port = port;
        this.running = running;
    }

    /** One inside this JVM, with {@code state} as its memory. */
    static Simulator start(Path state, Map<String, String> more) {
        try {
            BackOfficeSimulator running = new BackOfficeSimulator(Settings.of(environment(state, more)));
            return new Simulator(running.port(), running);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Simulator start(Path state) {
        return start(state, Map.of());
    }

    static Map<String, String> environment(Path state, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SIMULATOR_PORT",
                "0",
                "SIMULATOR_USER",
                "pos",
                "SIMULATOR_PASSWORD",
                PASSWORD,
                "SIMULATOR_CRM_SECRET",
                SECRET,
                "SIMULATOR_STATE",
                state.toString()));
        environment.putAll(more);
        return environment;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body as it comes. */
    InputStream open(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofInputStream()).body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder erp(String method, String ksbId, String device) {
        return request("/hs/ksbmerp_pos/%s/ksb?text=pos&ksb_id=%s&device_id=%s".formatted(method, ksbId, device))
                .header("Authorization", basic("pos", PASSWORD));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    JsonNode get(String method, String ksbId, String device) throws IOException {
        return json(send(erp(method, ksbId, device)));
    }

    JsonNode post(String method, String ksbId, String device, Object body) throws IOException {
        return json(send(erp(method, ksbId, device).POST(body(body))));
    }

    JsonNode inspect(String path) throws IOException {
        return json(send(request("/_sim/" + path)));
    }

    JsonNode order(String path, Object body) throws IOException {
        return json(send(request("/_sim/" + path).POST(body(body))));
    }

    /** Confirms every row of a delta. */
    void confirm(String ksbId, String device, JsonNode delta) throws IOException {
        post("remove", ksbId, device, removal(delta.path("object").asText(), ids(delta)));
    }

    static Map<String, Object> removal(String object, List<String> ids) {
        return Map.of("removed_items", List.of(Map.of("object", object, "id", ids)));
    }

    static List<String> ids(JsonNode delta) {
        return IntStream.range(0, delta.path("item").size())
                .mapToObj(place -> delta.path("item").get(place).asText())
                .toList();
    }

    /** The answer rows of sales with these documents, each of one piece of the sample shop's first product. */
    JsonNode sell(String... documents) throws IOException {
        return post("create_sales", SHOP, "till", Map.of("sales", sales(documents)))
                .path("answer");
    }

    static List<Map<String, Object>> sales(String... documents) {
        return List.of(documents).stream().map(Simulator::sale).toList();
    }

    static Map<String, Object> sale(String document) {
        return Map.of(
                "details",
                List.of(Map.of("document", document, "currency", "UZS", "discount", 0, "warehouse", "asosiy")),
                "client_details",
                List.of(),
                "products",
                List.of(Map.of(
                        "product",
                        "00000001-5a0b-4000-8000-000000000000",
                        "warehouse",
                        "asosiy",
                        "quantity",
                        1.500,
                        "price",
                        19000,
                        "sum",
                        28500)),
                "payments",
                List.of(Map.of("cash", "naqd", "currency", "UZS", "sum", 28500)));
    }

    /** A request to the CRM that is signed as it should be. */
    HttpRequest.Builder crm(String id, long timestamp, String body) {
        WebhookSignature signature = new WebhookSignature(SECRET, Duration.ofMinutes(5), Clock.systemUTC());
        return request("/crm/sync-completed")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header(
                        "webhook-signature",
                        signature.sign(id, Long.toString(timestamp), body.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body));
    }

    static HttpRequest.BodyPublisher body(Object body) throws IOException {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() throws Exception {
        running.close();
    }
}
