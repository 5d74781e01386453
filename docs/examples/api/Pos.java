import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * KSB POS in Java, with nothing but a JDK (21 or newer): {@code java Pos.java sell|follow|push|sales}; README.md is beside this
 * file. JSON is read by patterns to stay short: a real client uses a library.
 */
public final class Pos {
    private static final String POS = System.getenv().getOrDefault("POS", "http://localhost:8080");
    private static final String KSB_ID = System.getenv().getOrDefault("KSB_ID", "10000001");
    private static final String PASSWORD = System.getenv("PASSWORD");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "sell" -> sell();
            case "follow" -> follow();
            case "push" -> push();
            case "sales" -> sales();
            default -> throw new IllegalArgumentException("sell, follow, push or sales");
        }
    }

    /** A failure is a problem document (RFC 9457): its {@code type} says what to do, {@code detail} is for people. */
    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(POS + path));
    }

    private static HttpRequest.Builder as(String token, String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request, String method, String body) {
        return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    /** The first text of that name; empty: there is none. */
    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\": *\"([^\"]*)\"").matcher(json);
        return field.find() ? field.group(1) : "";
    }

    /** Registers a till and logs a user in at it. A real till does the first once and keeps the deviceToken. */
    private static String login(String user) throws IOException, InterruptedException {
        String till = "\"ksbId\":\"%s\",\"deviceId\":\"%s\"".formatted(KSB_ID, UUID.randomUUID());
        String device = send(json(request("/api/devices"), "POST", "{" + till + ",\"name\":\"Java\"}"));
        String body = "{%s,\"login\":\"%s\",\"password\":\"%s\"}".formatted(till, user, PASSWORD);
        return field(
                send(json(request("/api/auth/login"), "POST", body)
                        .header("X-Device-Token", field(device, "deviceToken"))),
                "accessToken");
    }

    private static void sell() throws IOException, InterruptedException {
        String token = login("kassir");
        String price = field(send(as(token, "/api/products/example-1")), "price");
        // The id is the till's own: whatever is sent again under it is the same sale.
        String sale = "/api/sales/" + UUID.randomUUID();
        send(json(as(token, sale), "PUT", """
                {"currency":"UZS","priceType":"chakana","warehouse":"asosiy","lines":[{"lineId":"1","productId":"example-1",
                "name":"Example","unit":"dona","price":"%1$s","basePrice":"%1$s","baseCurrency":"UZS","quantity":"1"}]}
                """.formatted(price)));
        String done = send(json(as(token, sale + "/completion"), "POST", """
                {"revision":1,"total":"%1$s","deviceSequence":1,
                "payments":[{"kind":"CASH","amount":"%1$s","currency":"UZS","cashDesk":"naqd"}]}
                """.formatted(price)));
        System.out.println("sold " + field(done, "number") + " for " + price);
    }

    /** Follows live over a WebSocket. After a break: connect anew and subscribe with the last position as {@code since}. */
    private static void follow() throws IOException, InterruptedException {
        String token = login("kassir");
        CountDownLatch heard = new CountDownLatch(1);
        WebSocket socket = HTTP.newWebSocketBuilder()
                .subprotocols("pos.v1")
                .buildAsync(URI.create(POS.replaceFirst("http", "ws") + "/ws"), new Follower(heard))
                .join();
        socket.sendText("{\"op\":\"auth\",\"token\":\"" + token + "\"}", true).join();
        heard.await();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private static final class Follower implements WebSocket.Listener {
        private final CountDownLatch heard;
        private final StringBuilder text = new StringBuilder();

        Follower(CountDownLatch heard) {
            this.heard = heard;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            CompletionStage<?> done = null;
            if (last) {
                done = message(socket, text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return done;
        }

        /** A client that stays longer sends {@code {"op":"ping"}} every {@code heartbeat} seconds too. */
        private CompletionStage<?> message(WebSocket socket, String message) {
            switch (field(message, "op")) {
                case "welcome" -> {
                    return socket.sendText("{\"op\":\"subscribe\",\"channels\":[\"sales\"]}", true);
                }
                case "subscribed" -> System.out.println("following sales");
                case "event" -> {
                    if (field(message, "type").equals("sale.completed")) {
                        System.out.println("heard " + field(message, "number"));
                        heard.countDown();
                    }
                }
                default -> {}
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            // The codes, and which to come back from: asyncapi.yaml of the gateway.
            System.out.println("closed " + code);
            heard.countDown();
            return null;
        }
    }

    /** As an ERP: rows with a version that rises; one that is not newer changes nothing. */
    private static void push() throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + KSB_ID + "-backoffice&client_secret="
                + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        String token = field(
                send(request("/api/auth/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))),
                "access_token");
        System.out.println(send(json(as(token, "/api/product-updates"), "POST", """
                [{"id":"example-1","version":%d,"name":"Example","unit":"dona","currency":"UZS","barcodes":["2990000000017"],
                "prices":[{"priceType":"chakana","price":"12500.00","currency":"UZS"}],
                "stock":[{"warehouse":"asosiy","quantity":"1000"}]}]
                """.formatted(Instant.now().getEpochSecond()))));
    }

    /** As a CRM: all finished sales of a day, page by page. */
    private static void sales() throws IOException, InterruptedException {
        String token = login("menejer");
        String query = "/api/sales?status=COMPLETED&limit=100&from=" + LocalDate.now(ZoneOffset.UTC);
        for (String after = ""; after != null; ) {
            String page = send(as(token, query + after));
            Pattern.compile("\"number\": *\"([^\"]*)\"")
                    .matcher(page)
                    .results()
                    .forEach(sale -> System.out.println(sale.group(1)));
            String next = field(page, "next");
            after = next.isEmpty() ? null : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }
}
