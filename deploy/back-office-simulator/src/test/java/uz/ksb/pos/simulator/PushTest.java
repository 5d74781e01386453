package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.simulator.Simulator.SHOP;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ERP sends what changed by itself; here to a system of a few lines. */
class PushTest {
    private static final String PRODUCT = "00000001-5a0b-4000-8000-000000000000";

    @TempDir
    Path state;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile String answer = "{\"rejectedCount\":0}";
    private volatile int status = 200;
    private HttpServer system;
    private Simulator simulator;

    @BeforeEach
    void start() throws IOException {
        system = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        system.createContext("/api/auth/token", exchange -> answer(exchange, 200, """
                {"access_token": "t-1", "token_type": "Bearer", "expires_in": 900}"""));
        system.createContext("/api/", exchange -> answer(exchange, status, answer));
        system.start();
        simulator = Simulator.start(
                state,
                Map.of(
                        "SIMULATOR_PUSH_URL",
                        "http://127.0.0.1:" + system.getAddress().getPort(),
                        "SIMULATOR_PUSH_SECRET",
                        "a b"));
    }

    @AfterEach
    void stop() throws Exception {
        simulator.close();
        system.stop(0);
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        String given = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + given);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private HttpResponse<String> order(String what, Map<String, Object> order) throws IOException {
        return simulator.send(simulator.request("/_sim/" + what).POST(Simulator.body(order)));
    }

    @Test
    void aChangedPriceIsPushedWithATokenOfItsClient() throws IOException {
        assertThat(order(
                                "products",
                                Map.of("ksbId", SHOP, "id", PRODUCT, "prices", Map.of("chakana", 7000), "push", true))
                        .statusCode())
                .isEqualTo(200);
        order("products", Map.of("ksbId", SHOP, "id", PRODUCT, "push", true));

        assertThat(received.get(0)).endsWith("client_id=10000001-backoffice&client_secret=a+b");
        assertThat(received.get(1)).startsWith("POST /api/product-updates Bearer t-1 [");
        JsonNode first = row(1);
        assertThat(first.path("id").asText()).isEqualTo(PRODUCT);
        assertThat(first.at("/prices/0/price").asText()).isEqualTo("7000.0000");
        assertThat(row(2).path("version").asLong())
                .isGreaterThan(first.path("version").asLong());
        assertThat(received).as("one token for both").hasSize(3);
        assertThat(simulator
                        .get("product_update", SHOP, "d")
                        .at("/detail/0/price/0/sale")
                        .asInt())
                .as("the delta carries it, too")
                .isEqualTo(7000);
    }

    private JsonNode row(int request) throws IOException {
        String body = received.get(request);
        return Simulator.JSON.readTree(body.substring(body.indexOf('['))).get(0);
    }

    @Test
    void withoutPushNothingIsSent() throws IOException {
        order("products", Map.of("ksbId", SHOP, "id", PRODUCT, "name", "Olma"));
        order("rates", Map.of("ksbId", SHOP, "currency", "USD", "rate", 12_700));

        assertThat(received).isEmpty();
    }

    @Test
    void aRateIsPushedAndStandsInTheNextDelta() throws IOException {
        simulator.confirm(SHOP, "d", simulator.get("currency", SHOP, "d"));

        assertThat(order("rates", Map.of("ksbId", SHOP, "currency", "USD", "rate", 12_700.5, "push", true))
                        .statusCode())
                .isEqualTo(200);

        assertThat(received.get(1)).isEqualTo("PUT /api/currency-rates/USD Bearer t-1 {\"rate\":\"12700.5\"}");
        JsonNode delta = simulator.get("currency", SHOP, "d");
        assertThat(Simulator.ids(delta)).containsExactly("USD");
        assertThat(delta.at("/detail/0/rate").decimalValue()).isEqualByComparingTo("12700.5");
    }

    @Test
    void aRefusedPushIsTold() throws IOException {
        answer = "{\"rejectedCount\":1,\"rejected\":[{\"reason\":\"unit: unknown\"}]}";
        assertThat(order("products", Map.of("ksbId", SHOP, "id", PRODUCT, "push", true)))
                .matches(answered ->
                        answered.statusCode() == 502 && answered.body().contains("unit: unknown"));
        status = 403;
        assertThat(order("rates", Map.of("ksbId", SHOP, "currency", "USD", "rate", 1, "push", true)))
                .matches(answered ->
                        answered.statusCode() == 502 && answered.body().contains("403"));
    }

    @Test
    void anImpossibleRateIsRefused() throws IOException {
        assertThat(order("rates", Map.of("ksbId", SHOP, "currency", "UZS", "rate", 2))
                        .statusCode())
                .isEqualTo(400);
        assertThat(order("rates", Map.of("ksbId", SHOP, "currency", "XXX", "rate", 2))
                        .statusCode())
                .isEqualTo(400);
        assertThat(order("rates", Map.of("ksbId", SHOP, "currency", "USD", "rate", 0))
                        .statusCode())
                .isEqualTo(400);
        assertThat(order("rates", Map.of("ksbId", "99999999", "currency", "USD", "rate", 2))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void productsAreListedAndFound() throws IOException {
        JsonNode all = simulator.inspect("products?limit=2&ksb_id=" + SHOP);
        assertThat(all.path("count").asInt()).isEqualTo(300);
        assertThat(all.path("products")).hasSize(2);
        assertThat(simulator.inspect("products?search=olma&ksb_id=" + SHOP).path("products"))
                .hasSize(5);
        assertThat(simulator
                        .inspect("enterprises")
                        .at("/enterprises/0/rates/USD")
                        .asInt())
                .isEqualTo(12_650);
    }

    @Test
    void aPageShowsWhatThereIs() throws IOException {
        HttpResponse<String> page = simulator.send(simulator.request("/"));

        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("<title>Back office simulator</title>");
    }
}
