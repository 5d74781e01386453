package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uz.ksb.pos.till.Api;

/** The simulated back office, seen from its own side. */
final class BackOffice {

    private final Api api;

    BackOffice(int port) {
        this.api = new Api("http://127.0.0.1:" + port + "/_sim/", null);
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
        return names(ask("sales?limit=0&ksb_id=" + ksbId).path("repeatedDocuments"));
    }

    /** The faults that struck at {@code create_sales}. */
    Set<String> struck() {
        return names(ask("faults").at("/faults/create_sales/struck"));
    }

    private static Set<String> names(JsonNode counts) {
        Set<String> names = new TreeSet<>();
        counts.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** @param order as the simulator's README says */
    void order(Map<String, Object> order) {
        JsonNode unused = json(api.post("faults", null, order));
    }

    /** Changes {@code products} or {@code rates}, as the simulator's README says. */
    JsonNode change(String what, Map<String, Object> order) {
        return json(api.post(what, null, order));
    }

    void worksAgain() {
        JsonNode unused = json(api.delete("faults"));
    }

    /** The answer of its inspection, as the simulator's README lists them. */
    JsonNode ask(String question) {
        return json(api.get(question, null));
    }

    private static JsonNode json(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
