package uz.ksb.pos.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A back office and a CRM in one small server, which answer what a test says and remember what they were asked. */
public class BackOfficeFixture implements QuarkusTestResourceLifecycleManager {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String EMPTY = "{\"status\":\"successfully\",\"object\":\"none\",\"item\":[],\"detail\":[]}";

    private static final Map<String, String> USUAL = Map.of(
            "permission", "{\"status\":\"successfully\",\"permission\":true}",
            "users", "{\"enterprise\":{\"name\":\"Do'kon\"},\"list_users\":[]}",
            "user_settings", "{\"users\":[]}");

    /** A request as it arrived. */
    record Asked(String method, String query, String body, Map<String, String> headers) {}

    /** The bytes on the wire: status and body. */
    record Reply(int status, String body) {}

    private static final Map<String, Supplier<Reply>> REPLIES = new ConcurrentHashMap<>();
    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();

    private HttpServer server;

    /** The device is admitted, and nothing is new. */
    static void reset() {
        REPLIES.clear();
        ASKED.clear();
    }

    static void on(String method, Supplier<Reply> reply) {
        REPLIES.put(method, reply);
    }

    static void on(String method, String body) {
        on(method, () -> new Reply(200, body));
    }

    static List<Asked> asked(String method) {
        return ASKED.stream().filter(one -> one.method().equals(method)).toList();
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "pos.back-office.url", address,
                "pos.back-office.user", "pos",
                "pos.back-office.password", "secret",
                "pos.crm.url", address + "/crm",
                "pos.crm.secret", SECRET,
                "pos.crm.pauses", "1s,1s",
                "pos.sync.retries", "100ms,100ms",
                "pos.sync.lease", "3s");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = path.equals("/crm") ? "crm" : path.split("/")[3];
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ASKED.add(new Asked(method, exchange.getRequestURI().getQuery(), body, headers));
        Reply reply = REPLIES.getOrDefault(method, () -> new Reply(200, USUAL.getOrDefault(method, EMPTY)))
                .get();
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        if (reply.status() == 302) {
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/hs/x/elsewhere/ksb");
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
