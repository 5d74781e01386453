package uz.ksb.pos.sales.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A back office for tests: speaks create_sales, stores each document once, and misbehaves per enterprise as told over {@code
 * /_mode}. Class loaders divide it from the tests, so they speak to it over HTTP only.
 */
public final class FakeBackOffice implements QuarkusTestResourceLifecycleManager {
    static final String ADDRESS = "pos.test.back-office";
    /** 30000001 ... have this back office; other enterprises have none. */
    static final int ENTERPRISES = 100;
    /** One of them. */
    static final String TAKES_NO_RETURNS = Integer.toString(30_000_000 + ENTERPRISES);
    /** At the end of a sale's comment: it is refused whatever the mode. */
    static final String REFUSED = "refuse me";

    private static final Duration SLOW = Duration.ofSeconds(25);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The state of an enterprise. */
    private static final class Base {
        volatile String mode = "well";
        final Map<String, JsonNode> documents = Collections.synchronizedMap(new LinkedHashMap<>());
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger pings = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
    }

    private final Map<String, Base> bases = new ConcurrentHashMap<>();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        System.setProperty(ADDRESS, address);
        Map<String, String> config = new HashMap<>(Map.of(
                "pos.back-office.first-pause", "50ms",
                "pos.back-office.longest-pause", "300ms",
                "pos.back-office.user", "pos",
                "pos.back-office.password", "secret"));
        IntStream.rangeClosed(1, ENTERPRISES)
                .forEach(i -> config.put("pos.back-office.enterprise.\"" + (30_000_000 + i) + "\".url", address));
        config.put("pos.back-office.enterprise.\"" + TAKES_NO_RETURNS + "\".returns", "HOLD");
        return config;
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getQuery().split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        if (exchange.getRequestURI().getPath().startsWith("/hs/")
                && query.getOrDefault("device_id", "").isEmpty()) {
            answer(exchange, 400, "device_id is missing");
            return;
        }
        Base base = bases.computeIfAbsent(query.get("ksb_id"), id -> new Base());
        switch (exchange.getRequestURI().getPath()) {
            case "/_mode" -> {
                base.mode = query.get("mode");
                answer(exchange, 200, "{}");
            }
            case "/_documents" ->
                answer(
                        exchange,
                        200,
                        JSON.writeValueAsString(Map.of(
                                "documents", base.documents,
                                "calls", base.calls,
                                "sizes", base.sizes,
                                "pings", base.pings,
                                "refused", base.refused)));
            case "/hs/ksbmerp_pos/ping/ksb" -> {
                base.pings.incrementAndGet();
                answer(exchange, base.mode.equals("down") ? 503 : 200, "");
            }
            default -> createSales(exchange, base);
        }
    }

    private void createSales(HttpExchange exchange, Base base) throws IOException {
        if (base.mode.equals("slow")) {
            LockSupport.parkNanos(SLOW.toNanos());
        }
        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            answer(exchange, 401, "");
            return;
        }
        if (base.mode.equals("down")) {
            base.refused.incrementAndGet();
            answer(exchange, 503, "");
            return;
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean repeated = false;
        int size = 0;
        for (JsonNode sale : JSON.readTree(exchange.getRequestBody()).get("sales")) {
            String document = sale.get("details").get(0).get("document").asText();
            repeated |= base.calls.contains(document);
            base.calls.add(document);
            size++;
            String comment = sale.get("details").get(0).get("comment").asText();
            boolean there = base.documents.containsKey(document);
            if (base.mode.equals("unclear") && !repeated) {
                rows.add(row("busy", document, false, ""));
            } else if (base.mode.equals("refuse") || comment.endsWith(REFUSED)) {
                rows.add(row("error", document, false, "Товар не найден"));
            } else if (there && base.mode.equals("already")) {
                rows.add(row("error", document, true, "Документ уже существует"));
            } else {
                base.documents.putIfAbsent(document, sale);
                rows.add(row("successfully", document, !base.mode.equals("unprocessed"), ""));
            }
        }
        base.sizes.add(size);
        Collections.reverse(rows);
        if (!repeated && (base.mode.equals("lost") || base.mode.equals("already"))) {
            exchange.close();
        } else if (!repeated && base.mode.equals("html")) {
            answer(exchange, 200, "<html><body>1C is being updated</body></html>");
        } else if (!repeated && base.mode.equals("half")) {
            answer(exchange, 200, JSON.writeValueAsString(Map.of("answer", rows.subList(1, rows.size()))));
        } else {
            answer(exchange, 200, JSON.writeValueAsString(Map.of("answer", rows)));
        }
    }

    private static Map<String, Object> row(String status, String document, boolean processed, String message) {
        return Map.of("status", status, "document", document, "processed", processed, "message", message);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
