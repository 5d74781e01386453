package uz.ksb.pos.sales.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The owners of the copies, as HTTP services whose answers a test decides. */
public final class Owners implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<String, UnaryOperator<String>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private record Config(String settingsUrl, String productUrl) implements PeerConfig {}

    public Owners() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answer("/api/auth/token", "{\"access_token\": \"t\"}");
        answer(
                "/api/enterprise",
                "{\"version\": 1, \"zone\": \"Asia/Tashkent\", \"dayStart\": \"00:00\", \"currency\": \"UZS\","
                        + " \"negativeStock\": \"WARN\"}");
    }

    public void answer(String path, String json) {
        answer(path, query -> json);
    }

    /** @param json by the query */
    public void answer(String path, UnaryOperator<String> json) {
        answers.put(path, json);
    }

    public List<String> requests() {
        return requests;
    }

    /** Does the comparisons that are asked for. */
    public void compare(Pool pool, Copy copy) {
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        PeerServices peers = new PeerServices(new Config(origin, origin), Optional.of("secret"), new ObjectMapper());
        new CopyComparison(pool, peers, List.of(copy)).compare().await().atMost(LIMIT);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        UnaryOperator<String> answer = answers.get(exchange.getRequestURI().getPath());
        byte[] bytes = answer == null
                ? new byte[0]
                : answer.apply(exchange.getRequestURI().getQuery()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
