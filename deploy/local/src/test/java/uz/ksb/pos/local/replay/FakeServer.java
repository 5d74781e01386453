package uz.ksb.pos.local.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import uz.ksb.pos.till.Session;

/** As much of the system's API as a replay uses, in memory; with troubles to order. */
final class FakeServer implements AutoCloseable {

    static final String PASSWORD = "a password";

    final Map<String, JsonObject> products = new HashMap<>();
    final Map<String, JsonObject> customers = new HashMap<>();
    final Map<String, JsonObject> sales = new HashMap<>();
    /** The sender of each sale. */
    final Map<String, String> senders = new HashMap<>();

    final Map<String, String> devices = new HashMap<>();
    int requests;
    /** Every n-th request is answered with 503. */
    int unwellEvery = Integer.MAX_VALUE;
    /** Every n-th sale is answered with this instead. */
    String result = "created";
    /** Every n-th request after the login meets a token that is no longer taken. */
    int forgetsTokensEvery = Integer.MAX_VALUE;
    /** The difference of the totals. */
    BigDecimal error = BigDecimal.ZERO;

    private final HttpServer http;
    private int tokens;
    private int oldestToken;

    FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private record Reply(int status, Object body) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = reply(exchange, body);
            byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Reply reply(HttpExchange exchange, String body) {
        requests++;
        if (requests % unwellEvery == 0) {
            return problem(503, "away");
        }
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/api/auth/token" -> clientToken(body);
            case "/api/devices" -> register(new JsonObject(body));
            case "/api/auth/login" -> login(exchange, new JsonObject(body));
            default -> withToken(exchange, path, body);
        };
    }

    private Reply clientToken(String form) {
        return form.contains("client_secret=a+password")
                ? new Reply(
                        200,
                        new JsonObject()
                                .put("access_token", token("backoffice"))
                                .put("expires_in", 900))
                : new Reply(401, new JsonObject().put("error", "invalid_client"));
    }

    private Reply register(JsonObject device) {
        String id = device.getString("deviceId");
        if (devices.putIfAbsent(id, "secret of " + id) != null) {
            return problem(409, "this device is registered already");
        }
        return new Reply(201, new JsonObject().put("deviceToken", devices.get(id)));
    }

    private Reply login(HttpExchange exchange, JsonObject login) {
        String secret = exchange.getRequestHeaders().getFirst("X-Device-Token");
        if (!devices.get(login.getString("deviceId")).equals(secret)
                || !login.getString("password").equals(PASSWORD)) {
            return problem(401, "wrong login");
        }
        return new Reply(
                200,
                new JsonObject()
                        .put("accessToken", token(login.getString("login")))
                        .put("expiresIn", 900));
    }

    private Reply withToken(HttpExchange exchange, String path, String body) {
        JsonObject caller = caller(exchange);
        if (requests % forgetsTokensEvery == 0) {
            oldestToken = tokens + 1;
        }
        if (caller.getInteger("number") < oldestToken) {
            return problem(401, "token ended");
        }
        return switch (path) {
            case "/api/product-updates" -> updateProducts(body);
            case "/api/customers" -> customer(new JsonObject(body));
            case "/api/sales/batch" -> batch(caller.getString("sub"), new JsonArray(body));
            case "/api/totals" -> totals(exchange.getRequestURI().getQuery().replace("date=", ""));
            default -> problem(404, path);
        };
    }

    private Reply updateProducts(String lines) {
        lines.lines().map(JsonObject::new).forEach(product -> products.put(product.getString("id"), product));
        return new Reply(200, new JsonObject().put("rejected", new JsonArray()));
    }

    private Reply customer(JsonObject customer) {
        customers.put(customer.getString("id"), customer);
        return new Reply(201, customer);
    }

    private Reply batch(String sender, JsonArray batch) {
        JsonArray results = new JsonArray();
        for (int i = 0; i < batch.size(); i++) {
            JsonObject sale = batch.getJsonObject(i);
            JsonObject before = sales.putIfAbsent(sale.getString("id"), sale);
            senders.put(sale.getString("id"), sender);
            results.add(new JsonObject()
                    .put("id", sale.getString("id"))
                    .put("result", before == null ? result : "replayed"));
        }
        return new Reply(200, results);
    }

    private Reply totals(String date) {
        List<JsonObject> day = sales.values().stream()
                .filter(sale -> sale.getString("completedAt").startsWith(date))
                .toList();
        long returns = day.stream().filter(FakeServer::isReturn).count();
        return new Reply(
                200,
                new JsonObject()
                        .put("currency", "GBP")
                        .put("count", day.size() - returns)
                        .put("returnsCount", returns)
                        .put("gross", sum(day, false).add(error).toPlainString())
                        .put("returns", sum(day, true).toPlainString()));
    }

    private static BigDecimal sum(List<JsonObject> sales, boolean returns) {
        return sales.stream()
                .filter(sale -> isReturn(sale) == returns)
                .map(sale -> new BigDecimal(sale.getString("total")))
                .reduce(new BigDecimal("0.00"), BigDecimal::add);
    }

    private static boolean isReturn(JsonObject sale) {
        return sale.getString("kind").equals("RETURN");
    }

    private String token(String user) {
        String claims = new JsonObject()
                .put("sub", user)
                .put("number", ++tokens)
                .put("zone", "Asia/Tashkent")
                .put("currency", "GBP")
                .encode();
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return "x." + encoded + ".y";
    }

    private static JsonObject caller(HttpExchange exchange) {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        return new JsonObject(Session.claims(bearer).toString());
    }

    private static Reply problem(int status, String detail) {
        return new Reply(status, new JsonObject().put("status", status).put("detail", detail));
    }
}
