package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/**
 * One enterprise does all it can to stop the others, and reads its first 100,000 products meanwhile; another one sells,
 * looks on, delivers and syncs as if it were alone.
 */
@Tag("long")
class NoisyNeighbourTest {
    private static final String NOISY = "10000001";
    private static final String QUIET = "10000002";
    private static final int PRODUCTS = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(1);
    private static final Duration NOISE = Duration.ofSeconds(60);
    private static final List<String> PARTS = List.of(
            "PostgreSQL",
            "Kafka",
            "settings-service",
            "product-service",
            "sales-service",
            "sync-service",
            "realtime-gateway");

    @Test
    void anotherEnterpriseSellsLiveAllTheTime() throws Exception {
        Path state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "noisy-");
        RunningSystem system = RunningSystem.start(
                state, RunningSystem.freePortBase(), Map.of("SIMULATOR_PRODUCTS", Integer.toString(PRODUCTS)));
        try (FollowingTill screen = new FollowingTill(system, QUIET)) {
            within(LIMIT, () -> assertThat(screen.isConnected()).isTrue());
            Map<String, Long> processes = processes(system);
            Seller seller = new Seller(system, QUIET, 250);
            within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThan(3));

            noise(system);

            sellerAndScreenWereLive(seller, screen);
            assertThat(processes(system)).as("no process was started again").isEqualTo(processes);
            new Agreement(system, QUIET).holds(seller.told().keySet(), screen);
        } finally {
            system.stop();
        }
    }

    /** Returns when the noise has ended, the noisy one has its products, and the quiet one its sync. */
    private static void noise(RunningSystem system) throws Exception {
        Api.Login noisy = system.api().loggedIn(NOISY, "kassir");
        Api.Login quiet = system.api().loggedIn(QUIET, "kassir");
        String machine = system.api().backOffice(NOISY);
        long end = System.nanoTime() + NOISE.toNanos();
        List<Socket> stalled = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String first = sync(system, noisy);
            for (int socket = 0; socket < 100; socket++) {
                stalled.add(stalledBody(system, socket % 2 == 0 ? noisy.token() : null));
            }
            List<Future<?>> noises = List.of(
                    threads.submit(() -> repeat(end, () -> overflowingSums(system, noisy))),
                    threads.submit(() -> repeat(end, () -> rejectedRows(system, machine))),
                    threads.submit(() -> repeat(end, () -> Garbage.publish(system.kafka(), NOISY))));
            String second = sync(system, quiet);
            within(LIMIT, () -> assertThat(state(system, quiet, second)).isEqualTo("COMPLETED"));
            for (Future<?> noise : noises) {
                noise.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            within(LIMIT, () -> assertThat(state(system, noisy, first)).isEqualTo("COMPLETED"));
            assertThat(system.api()
                            .get("/api/products/count", noisy.token())
                            .json()
                            .path("products")
                            .asInt())
                    .isGreaterThanOrEqualTo(PRODUCTS);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static void sellerAndScreenWereLive(Seller seller, FollowingTill screen) throws InterruptedException {
        seller.close();
        assertThat(seller.unexpected()).isNull();
        within(LIMIT, () -> assertThat(screen.shown()).containsAll(seller.told().keySet()));
        List<Long> late = seller.told().entrySet().stream()
                .map(sale -> TimeUnit.NANOSECONDS.toMillis(screen.shownAt(sale.getKey()) - sale.getValue()))
                .filter(millis -> millis > LIVE_WITHIN.toMillis())
                .toList();
        assertThat(late)
                .as(
                        "of %d sales, milliseconds until the other till showed it",
                        seller.told().size())
                .isEmpty();
    }

    private static Map<String, Long> processes(RunningSystem system) {
        return PARTS.stream().collect(Collectors.toMap(part -> part, system::pid));
    }

    private static String sync(RunningSystem system, Api.Login till) {
        Api.Answer answer = system.api().post("/api/syncs", till.token(), Map.of());
        assertThat(answer.status()).as(answer::body).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static String state(RunningSystem system, Api.Login till, String sync) {
        return system.api()
                .get("/api/syncs/" + sync, till.token())
                .json()
                .path("status")
                .asText();
    }

    private static Void repeat(long end, Noise noise) throws Exception {
        while (System.nanoTime() < end) {
            noise.make();
        }
        return null;
    }

    private interface Noise {
        void make() throws Exception;
    }

    private static void overflowingSums(RunningSystem system, Api.Login till) {
        List<Map<String, Object>> sales =
                Stream.generate(NoisyNeighbourTest::hugeSale).limit(50).toList();
        int status = system.api().post("/api/sales/batch", till.token(), sales).status();
        assertThat(status).isIn(200, 429, 503);
    }

    private static Map<String, Object> hugeSale() {
        return FinishedSale.now("UZS", "huge", "999999999999.99").document();
    }

    private static void rejectedRows(RunningSystem system, String token) throws IOException, InterruptedException {
        String rows = IntStream.range(0, 15_000)
                .mapToObj(row ->
                        "{\"id\":\"bad-" + row + "\",\"version\":1,\"name\":\"\",\"unit\":\"none\",\"currency\":\"?\"}")
                .collect(Collectors.joining("\n"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + system.portBase() + "/api/product-updates"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(rows))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer::body).isIn(200, 429, 503);
        }
    }

    /** A body of 10 MB of which only the beginning ever comes. */
    private static Socket stalledBody(RunningSystem system, String token) throws IOException {
        Socket socket = new Socket("127.0.0.1", system.portBase());
        String authorization = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
        socket.getOutputStream()
                .write(("POST /api/sales/batch HTTP/1.1\r\nHost: localhost\r\n" + authorization
                                + "Content-Type: application/json\r\nContent-Length: 10000000\r\n\r\n[")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
