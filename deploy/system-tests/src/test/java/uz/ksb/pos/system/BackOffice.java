package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The simulated back office, seen from its own side. */
final class BackOffice {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    BackOffice(int port) {
        this.address = "http://127.0.0.1:" + port + "/_sim/";
    }

    /** @param amount what the customer owed for it; below zero for a return */
    record Document(String id, Instant soldAt, BigDecimal amount) {

        private static Document of(JsonNode stored) {
            JsonNode sale = stored.path("sale");
            JsonNode details = sale.path("details").path(0);
            BigDecimal amount = details.path("discount").decimalValue().negate();
            for (JsonNode product : sale.path("products")) {
                amount = amount.add(product.path("sum").decimalValue());
            }
            return new Document(
                    stored.path("document").asText(),
                    Instant.parse(details.path("date").asText()),
                    amount);
        }
    }

    /** In the order in which they were stored. */
    List<Document> documents(String ksbId) {
        List<Document> documents = new ArrayList<>();
        ask("sales?ksb_id=" + ksbId).path("sales").forEach(stored -> documents.add(Document.of(stored)));
        return documents;
    }

    int count(String ksbId) {
        return ask("sales?limit=0&ksb_id=" + ksbId).path("count").asInt();
    }

    /** Documents that came more than once. */
    Set<String> repeated(String ksbId) {
        Set<String> repeated = new TreeSet<>();
        ask("sales?limit=0&ksb_id=" + ksbId)
                .path("repeatedDocuments")
                .fieldNames()
                .forEachRemaining(repeated::add);
        return repeated;
    }

    /** How often a fault struck at {@code create_sales}. */
    Map<String, Integer> struck() {
        return JSON.convertValue(
                ask("faults").path("faults").path("create_sales").path("struck"),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, Integer.class));
    }

    /** @param order as the simulator's README says */
    void order(Map<String, Object> order) {
        try {
            send(HttpRequest.newBuilder(URI.create(address + "faults"))
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(order))));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void worksAgain() {
        send(HttpRequest.newBuilder(URI.create(address + "faults")).DELETE());
    }

    /** The answer of its inspection, as the simulator's README lists them. */
    JsonNode ask(String question) {
        return send(HttpRequest.newBuilder(URI.create(address + question)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + ": " + answer.body());
            }
            return JSON.readerFor(JsonNode.class)
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
