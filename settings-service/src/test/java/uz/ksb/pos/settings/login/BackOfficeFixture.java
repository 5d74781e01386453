package uz.ksb.pos.settings.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The back office of the second sample enterprise: it knows passwords, and does what a test says. */
public class BackOfficeFixture implements QuarkusTestResourceLifecycleManager {
    /** How it behaves. */
    enum Mood {
        USUAL,
        DOWN,
        TAKES_ANY_PASSWORD
    }

    static final Map<String, String> PASSWORDS = new ConcurrentHashMap<>();
    static final List<String> ASKED = new CopyOnWriteArrayList<>();
    static volatile Mood mood = Mood.USUAL;

    private HttpServer server;

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
        return Map.of(
                "pos.login.back-office",
                "true",
                "pos.back-office.enterprise.\"10000002\".url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "pos.back-office.enterprise.\"10000002\".user",
                "pos",
                "pos.back-office.enterprise.\"10000002\".password",
                "service");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().split("/")[3];
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ASKED.add(method + body);
        String given = new String(
                Base64.getDecoder()
                        .decode(exchange.getRequestHeaders()
                                .getFirst("Authorization")
                                .substring(6)),
                StandardCharsets.UTF_8);
        String[] pair = given.split(":", 2);
        boolean service = given.equals("pos:service");
        boolean person = method.equals("ping") && pair[1].equals(PASSWORDS.get(pair[0]));
        if (mood == Mood.DOWN) {
            reply(exchange, 503, "<html>");
        } else if (!service && !person && mood != Mood.TAKES_ANY_PASSWORD) {
            reply(exchange, 401, "");
        } else {
            reply(exchange, 200, method.equals("users") ? users() : "{\"status\":\"successfully\"}");
        }
    }

    private static String users() {
        return PASSWORDS.keySet().stream()
                .map(login -> "{\"login\":\"" + login + "\",\"name\":\"Nodira\",\"usertype\":\"manager\"}")
                .collect(java.util.stream.Collectors.joining(",", "{\"list_users\":[", "]}"));
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
