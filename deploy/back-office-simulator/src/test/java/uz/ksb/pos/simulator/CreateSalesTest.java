package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.simulator.Simulator.SECOND_SHOP;
import static uz.ksb.pos.simulator.Simulator.SHOP;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CreateSalesTest extends SimulatorTest {

    @Test
    void aRepeatedDocumentIsAnsweredAsTheFirstTimeAndKeptOnce() throws IOException {
        JsonNode first = simulator.sell("s1");
        JsonNode second = simulator.sell("s1");

        assertThat(first.at("/0/status").asText()).isEqualTo("successfully");
        assertThat(first.at("/0/processed").asBoolean()).isTrue();
        assertThat(second).isEqualTo(first);
        JsonNode sales = simulator.inspect("sales");
        assertThat(sales.path("count").asInt()).isEqualTo(1);
        assertThat(sales.path("repeated").asInt()).isEqualTo(1);
        assertThat(sales.at("/repeatedDocuments/s1").asInt()).isEqualTo(1);
        assertThat(sales.at("/sales/0/sale")).isEqualTo(Simulator.JSON.valueToTree(Simulator.sale("s1")));
        assertThat(sales.at("/sales/0/deviceId").asText()).isEqualTo("till");
    }

    @Test
    void manyCallersAtOnceMakeOneDocument() throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Callable<JsonNode>> calls = Stream.generate(() -> (Callable<JsonNode>) () -> simulator.sell("same"))
                    .limit(40)
                    .toList();
            for (Future<JsonNode> call : callers.invokeAll(calls)) {
                assertThat(call.get().at("/0/status").asText()).isEqualTo("successfully");
            }
        }

        JsonNode sales = simulator.inspect("sales");
        assertThat(sales.path("count").asInt()).isEqualTo(1);
        assertThat(sales.path("repeated").asInt()).isEqualTo(39);
    }

    @Test
    void everyRowOfABatchHasItsAnswer() throws IOException {
        Map<String, Object> nameless =
                Map.of("details", List.of(Map.of()), "products", List.of(), "payments", List.of());
        Map<String, Object> bad = Map.of(
                "details",
                List.of(Map.of("document", "bad")),
                "products",
                List.of(Map.of("quantity", "many")),
                "payments",
                List.of());
        JsonNode answer = simulator
                .post(
                        "create_sales",
                        SHOP,
                        "till",
                        Map.of("sales", List.of(Simulator.sale("a"), nameless, bad, Simulator.sale("a"))))
                .path("answer");

        assertThat(answer.findValuesAsText("status")).containsExactly("successfully", "error", "error", "successfully");
        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(1);
    }

    @Test
    void aDocumentDeletedByHandLeavesNoTraceAndMayComeAgain() throws Exception {
        JsonNode before = simulator.get("product_update", SHOP, "before");
        simulator.sell("s1", "s2");
        assertThat(simulator.get("product_update", SHOP, "with-both")).isNotEqualTo(before);

        assertThat(delete("s1")).isEqualTo(200);
        assertThat(delete("s2")).isEqualTo(200);
        assertThat(delete("s2")).isEqualTo(404);

        assertThat(simulator.inspect("sales").path("count").asInt()).isZero();
        assertThat(simulator
                        .get("product_update", SHOP, "with-none")
                        .path("detail")
                        .get(0)
                        .at("/stock/0/qty")
                        .decimalValue())
                .isEqualByComparingTo(
                        before.path("detail").get(0).at("/stock/0/qty").decimalValue());
        simulator.sell("s1");
        stop();
        start();
        JsonNode sales = simulator.inspect("sales");
        assertThat(sales.path("count").asInt()).isEqualTo(1);
        assertThat(sales.at("/sales/0/document").asText()).isEqualTo("s1");
        assertThat(sales.path("repeated").asInt()).isZero();
    }

    private int delete(String document) throws IOException {
        return simulator
                .send(simulator.request("/_sim/sales/" + document).DELETE())
                .statusCode();
    }

    @Test
    void twoEnterprisesMayUseTheSameDocument() throws IOException {
        simulator.sell("s");
        simulator.post("create_sales", SECOND_SHOP, "till", Map.of("sales", Simulator.sales("s")));

        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(2);
        assertThat(simulator
                        .inspect("sales?ksb_id=" + SECOND_SHOP)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(simulator.inspect("sales?limit=0").path("sales")).isEmpty();
        assertThat(simulator.inspect("sales?document=none").path("sales")).isEmpty();
        assertThat(simulator.inspect("sales?document=s").path("sales")).hasSize(2);
    }

    @Test
    void aSaleMovesTheStockOnceAndTheNextDeltaTells() throws IOException {
        simulator.confirm(SHOP, "till", simulator.get("product_update", SHOP, "till"));

        simulator.sell("s1");
        simulator.sell("s1");

        JsonNode delta = simulator.get("product_update", SHOP, "till");
        assertThat(delta.path("item")).hasSize(1);
        assertThat(delta.at("/detail/0/stock/0/qty").decimalValue()).isEqualByComparingTo("75.5");
    }

    @Test
    void whatIsLeftUnpaidIsOwedAndTheNextDeltaTells() throws IOException {
        simulator.confirm(SHOP, "till", simulator.get("client", SHOP, "till"));
        Map<String, Object> sale = new HashMap<>(Simulator.sale("s"));
        sale.put(
                "details",
                List.of(Map.of(
                        "document",
                        "s",
                        "currency",
                        "UZS",
                        "discount",
                        500,
                        "client",
                        "00000003-c057-4000-8000-000000000000")));
        sale.put("payments", List.of(Map.of("currency", "UZS", "sum", "5000.00"), Map.of("currency", "USD", "sum", 1)));

        simulator.post("create_sales", SHOP, "till", Map.of("sales", List.of(sale)));
        simulator.post("create_sales", SHOP, "till", Map.of("sales", List.of(sale)));

        JsonNode delta = simulator.get("client", SHOP, "till");
        assertThat(delta.path("item")).hasSize(1);
        // 75,000 before; 28,500 less 500 less 5,000 less 12,650 now
        assertThat(delta.at("/detail/0/negative_balance/0/sum").decimalValue()).isEqualByComparingTo("85350");
    }

    @Test
    void aRefusedDocumentIsNotKeptUntilItIsNoLongerRefused() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "refuseDocuments", List.of("b")));

        JsonNode answer = simulator.sell("a", "b");

        assertThat(answer.findValuesAsText("status")).containsExactly("successfully", "error");
        assertThat(answer.at("/1/message").asText()).isNotEmpty();
        assertThat(simulator.inspect("sales").path("refused").asInt()).isEqualTo(1);
        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(1);
        simulator.send(simulator.request("/_sim/faults").DELETE());
        assertThat(simulator.sell("b").at("/0/status").asText()).isEqualTo("successfully");
    }

    @Test
    void aShareIsRefusedAndAlwaysTheSameDocuments() throws IOException {
        String[] documents =
                Stream.iterate(1, n -> n + 1).limit(50).map(n -> "d" + n).toArray(String[]::new);
        simulator.order("faults", Map.of("method", "create_sales", "refuseRate", 0.5, "seed", 7));

        JsonNode first = simulator.sell(documents);

        assertThat(first.findValuesAsText("status")).contains("successfully", "error");
        assertThat(simulator.sell(documents)).isEqualTo(first);
    }

    @Test
    void anUnprocessedDocumentStaysUnprocessedAndMovesNoStock() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "unprocessedRate", 1));
        assertThat(simulator.sell("s").at("/0/processed").asBoolean()).isFalse();
        simulator.order("faults", Map.of("method", "create_sales"));

        JsonNode again = simulator.sell("s");

        assertThat(again.at("/0/status").asText()).isEqualTo("successfully");
        assertThat(again.at("/0/processed").asBoolean()).isFalse();
        assertThat(simulator
                        .get("product_update", SHOP, "till")
                        .at("/detail/0/stock/0/qty")
                        .asInt())
                .isEqualTo(77);
    }

    @Test
    void aMissingRowBelongsToASaleThatIsKept() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "missingRowRate", 1));

        assertThat(simulator.sell("s")).isEmpty();
        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(1);
    }

    @Test
    void rowsCanBeShuffled() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "shuffledRows", true));

        assertThat(simulator.sell("a", "b", "c").findValuesAsText("document")).containsExactly("c", "a", "b");
    }

    @Test
    void aRepeatedDocumentCanBeAnErrorThatSaysItIsThere() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "refuseRepeated", true));
        assertThat(simulator.sell("s").at("/0/status").asText()).isEqualTo("successfully");

        JsonNode again = simulator.sell("s");

        assertThat(again.at("/0/status").asText()).isEqualTo("error");
        assertThat(again.at("/0/message").asText()).contains("уже существует");
        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(1);
    }
}
