package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static uz.ksb.pos.simulator.Simulator.SHOP;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest extends SimulatorTest {

    private int ping() throws IOException {
        return simulator.send(simulator.erp("ping", SHOP, "d")).statusCode();
    }

    @Test
    void anAnswerCanBeSlow() throws IOException {
        simulator.order("faults", Map.of("method", "ping", "latencyMs", 300));

        long start = System.nanoTime();
        assertThat(ping()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void anErrorDoesNothing() throws IOException {
        simulator.order("faults", Map.of("errorRate", 1));

        assertThat(ping()).isEqualTo(500);
        assertThatThrownBy(() -> simulator.sell("s")).hasMessageContaining("500");
        assertThat(simulator.inspect("sales").path("count").asInt()).isZero();
    }

    @Test
    void anHtmlPageComesWithStatus200AndDoesNothing() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "htmlRate", 1));

        assertThatThrownBy(() -> simulator.sell("s")).isInstanceOf(JsonProcessingException.class);
        assertThat(simulator.inspect("sales").path("count").asInt()).isZero();
        assertThat(ping()).isEqualTo(200);
    }

    @Test
    void aLostAnswerIsThatOfAStoredSale() throws IOException {
        simulator.order("faults", Map.of("method", "create_sales", "lostAnswerRate", 1));
        assertThatThrownBy(() -> simulator.sell("s")).isInstanceOf(IOException.class);
        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(1);

        simulator.order("faults", Map.of("method", "create_sales"));

        assertThat(simulator.sell("s").at("/0/status").asText()).isEqualTo("successfully");
        assertThat(simulator.inspect("sales").path("repeated").asInt()).isPositive();
        assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(1);
    }

    @Test
    void halfAnAnswerIsTheFirstHalfOfTheWhole() throws IOException {
        String whole =
                simulator.send(simulator.erp("product_update", SHOP, "d")).body();
        simulator.order("faults", Map.of("method", "product_update", "halfAnswerRate", 1));

        HttpResponse<String> half = simulator.send(simulator.erp("product_update", SHOP, "d"));

        assertThat(half.statusCode()).isEqualTo(200);
        assertThat(whole).startsWith(half.body().substring(0, half.body().length() - 2));
        assertThat(half.body().length()).isBetween(whole.length() * 4 / 10, whole.length() * 6 / 10);
    }

    @Test
    void silenceIsHalfAnAnswerThatNeverEnds() throws IOException {
        simulator.order("faults", Map.of("method", "product_update", "silentForSeconds", 0.3, "times", 1));

        long start = System.nanoTime();
        assertThatThrownBy(() -> simulator.get("product_update", SHOP, "d")).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(simulator.get("product_update", SHOP, "d").path("item")).hasSize(300);
    }

    @Test
    void aStalledAnswerIsThatOfItsBeginning() throws IOException {
        simulator.order("faults", Map.of("method", "product_update", "stalledForSeconds", 0.5));
        JsonNode before = simulator.get("product_update", SHOP, "other");

        // Its first byte comes when the whole answer is made.
        try (InputStream stalled = simulator.open(simulator.erp("product_update", SHOP, "d"))) {
            int first = stalled.read();
            simulator.order(
                    "products",
                    Map.of("ksbId", SHOP, "id", Simulator.ids(before).getLast(), "name", "Yangi"));

            String rest = new String(stalled.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Simulator.JSON.readTree((char) first + rest)).isEqualTo(before);
        }
    }

    @Test
    void rowsCanComeTwiceInOneDelta() throws IOException {
        simulator.order("faults", Map.of("method", "symbol", "rowsTwice", 2, "times", 1));

        JsonNode delta = simulator.get("symbol", SHOP, "d");

        assertThat(Simulator.ids(delta)).containsExactly("dona", "kg", "litr", "dona", "kg");
        assertThat(delta.path("detail").get(3)).isEqualTo(delta.path("detail").get(0));
        assertThat(simulator.get("symbol", SHOP, "d").path("item")).hasSize(3);
    }

    @Test
    void rowsCanPointBehindTheEndOfADictionary() throws IOException {
        simulator.order("faults", Map.of("method", "product_update", "indexesOutOfRange", 2));

        JsonNode delta = simulator.get("product_update", SHOP, "d");

        assertThat(delta.path("symbol")).hasSize(3);
        assertThat(delta.at("/detail/0/symbol").asInt()).isEqualTo(3);
        assertThat(delta.at("/detail/1/symbol").asInt()).isEqualTo(3);
        assertThat(delta.at("/detail/2/symbol").asInt()).isLessThan(3);
    }

    @Test
    void downMeansThatNobodyAnswersUntilItIsOver() throws IOException {
        simulator.order("faults", Map.of("downForSeconds", 3600));
        assertThatThrownBy(this::ping).isInstanceOf(IOException.class);
        assertThat(simulator.send(simulator.request("/health")).statusCode()).isEqualTo(200);
        assertThat(simulator.send(simulator.request("/ksb-info/" + SHOP)).statusCode())
                .isEqualTo(200);

        simulator.order("faults", Map.of("downForSeconds", 0.05));

        await().until(this::answers);
    }

    private boolean answers() {
        try {
            return ping() == 200;
        } catch (IOException down) {
            return false;
        }
    }

    @Test
    void theCrmHasItsOwnFaults() throws IOException {
        simulator.order("faults", Map.of("method", "crm", "errorRate", 1));

        long now = System.currentTimeMillis() / 1000;
        assertThat(simulator.send(simulator.crm("w1", now, "{}")).statusCode()).isEqualTo(500);
        assertThat(simulator.inspect("crm").path("requests")).isEmpty();
        assertThat(ping()).isEqualTo(200);
    }

    @Test
    void aMethodsOwnOrderTakesThePlaceOfTheOneForAll() throws IOException {
        simulator.order("faults", Map.of("errorRate", 1));
        simulator.order("faults", Map.of("method", "ping"));

        assertThat(ping()).isEqualTo(200);
        assertThat(simulator.send(simulator.erp("users", SHOP, "d")).statusCode())
                .isEqualTo(500);
    }

    @Test
    void theSameSeedStrikesTheSameRequests() throws IOException {
        List<List<Integer>> rounds = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            simulator.order("faults", Map.of("method", "ping", "errorRate", 0.5, "seed", 42));
            List<Integer> statuses = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                statuses.add(ping());
            }
            rounds.add(statuses);
        }

        assertThat(rounds.get(0)).isEqualTo(rounds.get(1)).contains(200, 500);
    }

    @Test
    void whatStruckIsCounted() throws IOException {
        simulator.order("faults", Map.of("method", "ping", "errorRate", 1));
        ping();
        ping();

        JsonNode ofPing = simulator.inspect("faults").at("/faults/ping");

        assertThat(ofPing.at("/struck/ERROR").asInt()).isEqualTo(2);
        assertThat(ofPing.at("/ordered/errorRate").asDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"erorRate\": 1}", "{\"method\": \"create_sale\"}", "{\"latencyMs\": -1}", "no json"})
    void anOrderThatCouldNotStrikeIsRefused(String order) throws IOException {
        int status = simulator
                .send(simulator.request("/_sim/faults").POST(BodyPublishers.ofString(order)))
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(simulator.inspect("faults").path("faults")).isEmpty();
    }

    @Test
    void aResetForgetsEverything() throws Exception {
        simulator.sell("s");
        simulator.confirm(SHOP, "d", simulator.get("symbol", SHOP, "d"));
        simulator.order("faults", Map.of("errorRate", 1));

        simulator.order("reset", Map.of());

        assertThat(simulator.inspect("sales").path("count").asInt()).isZero();
        assertThat(simulator.get("symbol", SHOP, "d").path("item")).hasSize(3);
        simulator.sell("t");
        stop();
        start();
        assertThat(simulator.inspect("sales").path("sales").findValuesAsText("document"))
                .contains("t")
                .doesNotContain("s");
    }

    @Test
    void anOrderMayBeForOneEnterpriseAndSomeRequests() throws IOException {
        simulator.order("faults", Map.of("method", "ping", "ksbId", SHOP, "errorRate", 1, "times", 2));

        assertThat(simulator
                        .send(simulator.erp("ping", Simulator.SECOND_SHOP, "d"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(List.of(ping(), ping(), ping())).containsExactly(500, 500, 200);
    }

    @Test
    void aScriptedAnswerDoesNothing() throws IOException {
        simulator.order("faults", Map.of("method", "users", "status", 302, "body", "{\"a\":1}"));

        HttpResponse<String> answer = simulator.send(simulator.request("/hs/ksbmerp_pos/users/ksb"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void requestsAreShownWithTheFaultThatStruckThem() throws IOException {
        simulator.order("faults", Map.of("method", "ping", "errorRate", 1, "times", 1));
        ping();
        ping();
        simulator.post("recovery", SHOP, "d", Map.of("device_id", "d"));

        JsonNode requests = simulator.inspect("requests?ksb_id=" + SHOP).path("requests");

        assertThat(requests.findValuesAsText("method")).containsExactly("ping", "ping", "recovery");
        assertThat(requests.findValuesAsText("fault")).containsExactly("ERROR", "NOTHING", "NOTHING");
        assertThat(requests.get(2).path("body").asText()).isEqualTo("{\"device_id\":\"d\"}");
        assertThat(simulator.inspect("requests?method=users").path("requests")).isEmpty();
    }

    @Test
    void aUserCanBeAdded() throws IOException {
        simulator.order("users", Map.of("ksbId", SHOP, "login", "nodira", "name", "Nodira", "password", "p"));

        assertThat(simulator
                        .send(simulator
                                .request("/hs/ksbmerp_pos/ping/ksb?text=pos&device_id=d&ksb_id=" + SHOP)
                                .header("Authorization", Simulator.basic("nodira", "p")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(simulator.get("users", SHOP, "d").path("list_users").findValuesAsText("login"))
                .contains("nodira");
    }
}
