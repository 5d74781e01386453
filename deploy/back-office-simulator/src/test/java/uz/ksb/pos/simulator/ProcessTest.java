package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uz.ksb.pos.simulator.Simulator.SECOND_SHOP;
import static uz.ksb.pos.simulator.Simulator.SHOP;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process: small, killed, orphaned. */
class ProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path state;

    private final List<Process> processes = new ArrayList<>();

    private Process start(Map<String, String> more) throws IOException {
        Process process = ChildSimulator.start(state, more);
        processes.add(process);
        return process;
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes) {
            ChildSimulator.kill(process);
        }
    }

    @Test
    void aKillForgetsNothing() throws Exception {
        Process first = start(Map.of());
        Simulator before = ChildSimulator.client(first);
        before.confirm(SHOP, "till", before.get("product_update", SHOP, "till"));
        before.sell("a", "b");
        before.sell("a");
        before.order("products", Map.of("ksbId", SHOP, "id", "new", "name", "Yangi"));
        before.send(before.crm("w1", Instant.now().getEpochSecond(), "{\"ksbid\":\"10000001\"}"));
        before.post(
                "update_password",
                SHOP,
                "till",
                Map.of("user_name", "kassir", "old", Simulator.PASSWORD, "new", "fresh"));
        JsonNode sales = before.inspect("sales");
        JsonNode crm = before.inspect("crm");
        JsonNode confirmations = before.inspect("confirmations");
        JsonNode products = before.get("product_update", SHOP, "till");

        ChildSimulator.kill(first);
        Simulator after = ChildSimulator.client(start(Map.of()));

        assertThat(after.inspect("sales")).isEqualTo(sales);
        assertThat(after.inspect("crm")).isEqualTo(crm);
        assertThat(after.inspect("confirmations")).isEqualTo(confirmations);
        assertThat(after.get("product_update", SHOP, "till")).isEqualTo(products);
        assertThat(Simulator.ids(products)).containsExactly("00000001-5a0b-4000-8000-000000000000", "new");
        assertThat(after.sell("b").at("/0/status").asText()).isEqualTo("successfully");
        assertThat(after.inspect("sales").path("count").asInt()).isEqualTo(2);
        assertThat(after.post(
                                "update_password",
                                SHOP,
                                "till",
                                Map.of("user_name", "kassir", "old", "fresh", "new", "x"))
                        .path("status")
                        .asText())
                .isEqualTo("successfully");
    }

    @Test
    void whatWasAnsweredBeforeAKillUnderLoadIsThere() throws Exception {
        Process first = start(Map.of());
        Simulator before = ChildSimulator.client(first);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            String name = "c" + caller + "-";
            callers.add(Thread.ofVirtual().start(() -> sellUntilItBreaks(before, name, answered)));
        }
        await().atMost(LIMIT).until(() -> answered.size() >= 100 || !first.isAlive());

        ChildSimulator.kill(first);
        for (Thread caller : callers) {
            caller.join();
        }
        Simulator after = ChildSimulator.client(start(Map.of()));

        List<String> kept = new ArrayList<>();
        after.inspect("sales")
                .path("sales")
                .forEach(sale -> kept.add(sale.path("document").asText()));
        assertThat(kept).doesNotHaveDuplicates().containsAll(answered).hasSizeGreaterThanOrEqualTo(100);
    }

    private static void sellUntilItBreaks(Simulator simulator, String name, Set<String> answered) {
        try {
            for (int number = 0; ; number++) {
                simulator.sell(name + number);
                answered.add(name + number);
            }
        } catch (IOException killed) {
            // that is the end of it
        }
    }

    @Test
    void aLineTornByAKillIsCutOffAndTheNextOneIsWhole() throws Exception {
        Path journal = state.resolve("journal.ndjson");
        try (Simulator simulator = Simulator.start(state)) {
            simulator.sell("a");
        }
        Files.writeString(journal, "{\"entry\":\"sale-sto", StandardOpenOption.APPEND);

        try (Simulator simulator = Simulator.start(state)) {
            simulator.sell("b");
        }

        try (Simulator simulator = Simulator.start(state)) {
            assertThat(simulator.inspect("sales").path("count").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aSecondSimulatorOnTheSameStateSaysSoAndEnds() throws Exception {
        try (Simulator running = Simulator.start(state)) {
            Process second = start(Map.of());

            assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("in use by another simulator");
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(running.send(running.request("/health")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anOrphanEnds() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        processes.add(parent);
        Process orphan = start(Map.of("POS_PARENT_PID", Long.toString(parent.pid())));
        ChildSimulator.client(orphan);

        ChildSimulator.kill(parent);

        assertThat(orphan.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHundredThousandProductsAreReadInASmallHeap() throws Exception {
        Simulator simulator = ChildSimulator.client(start(Map.of("SIMULATOR_PRODUCTS", "100000")));
        List<String> ids = itemsOfProducts(simulator, "till");
        assertThat(ids).hasSize(100_000).doesNotHaveDuplicates();

        simulator.post("remove", SHOP, "till", Simulator.removal("product_update", ids));

        assertThat(simulator.get("product_update", SHOP, "till").path("item")).isEmpty();
        assertThat(itemsOfProducts(simulator, "other")).isEqualTo(ids);
    }

    private static List<String> itemsOfProducts(Simulator simulator, String device) throws Exception {
        List<String> items = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient();
                InputStream body = http.send(
                                simulator.erp("product_update", SHOP, device).build(), BodyHandlers.ofInputStream())
                        .body();
                JsonParser json = Simulator.JSON.createParser(body)) {
            int details = 0;
            String array = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                boolean inTopArray = json.getParsingContext().getParent() != null
                        && json.getParsingContext().getParent().getParent() != null
                        && json.getParsingContext().getParent().getParent().inRoot();
                array = inTopArray ? json.getParsingContext().getParent().getCurrentName() : array;
                if (inTopArray && token == JsonToken.VALUE_STRING && array.equals("item")) {
                    items.add(json.getText());
                } else if (inTopArray && token == JsonToken.END_OBJECT && array.equals("detail")) {
                    details++;
                }
            }
            assertThat(details).isEqualTo(items.size());
        }
        return items;
    }

    @Test
    void aRealShopsFolderIsServedInASmallHeap() throws Exception {
        Path data = Path.of("../../../shared/data").toAbsolutePath().normalize();
        Assumptions.assumeThat(data.resolve("products.csv"))
                .as("the real shop's folder %s is not here", data)
                .exists();
        Simulator simulator = ChildSimulator.client(start(Map.of("SIMULATOR_DATA", data.toString())));

        JsonNode products = simulator.get("product_update", SECOND_SHOP, "till");
        JsonNode customers = simulator.get("client", SECOND_SHOP, "till");
        simulator.confirm(SECOND_SHOP, "till", products);
        simulator.confirm(SECOND_SHOP, "till", customers);

        assertThat(Simulator.ids(products))
                .hasSize(4070)
                .doesNotHaveDuplicates()
                .contains("15056BL", "15056bl");
        assertThat(products.path("detail").findValuesAsText("name"))
                .hasSize(4070)
                .noneMatch(String::isBlank);
        assertThat(Simulator.ids(customers)).hasSize(4372).startsWith("3c58f5b2-03b9-52c9-b95a-852350618456");
        JsonNode confirmed = simulator.inspect("confirmations").path("confirmed");
        assertThat(confirmed.path("product_update").asInt()).isEqualTo(4070);
        assertThat(confirmed.path("client").asInt()).isEqualTo(4372);
        assertThat(simulator.get("product_update", SECOND_SHOP, "till").path("item"))
                .isEmpty();
    }
}
