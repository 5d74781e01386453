import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receives the notifications of completed syncs, as docs/crm.md describes them. It needs nothing but a JDK:
 *
 * <pre>WEBHOOK_SECRET=whsec_… java docs/examples/crm/CrmWebhook.java 8090</pre>
 */
final class CrmWebhook {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MAX_BODY = 1024 * 1024;

    private final byte[] key;
    /** A real CRM keeps the ids in its database, in the transaction in which it acts on them. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private CrmWebhook(String secret) {
        key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    }

    public static void main(String[] arguments) throws IOException {
        CrmWebhook webhook = new CrmWebhook(System.getenv("WEBHOOK_SECRET"));
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/sync-completed", webhook::receive);
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (!isGenuine(id, timestamp, signatures, body)) {
            answer(exchange, 401);
            return;
        }
        // The same id is the same notification: it is answered with 2xx again, and acted on once.
        String event = new String(body, StandardCharsets.UTF_8);
        System.out.println((known.add(id) ? "new " : "again ") + id + " " + event);
        answer(exchange, 204);
    }

    /** By the rules of the Standard Webhooks: the signature is over id, timestamp and body, and the time must be near. */
    private boolean isGenuine(String id, String timestamp, String signatures, byte[] body) {
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, Instant.now()).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(hmac(id + "." + timestamp + ".", body)))
                .getBytes(StandardCharsets.UTF_8);
        boolean genuine = false;
        // While a secret is changed there are two signatures, with a space between them.
        for (String signature : signatures.split(" ")) {
            genuine |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return genuine;
    }

    private byte[] hmac(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
