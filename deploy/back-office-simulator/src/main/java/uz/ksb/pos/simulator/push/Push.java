package uz.ksb.pos.simulator.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.shop.Product;

/** Sends changed rows to the system. */
public final class Push {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration RENEWED_BEFORE = Duration.ofMinutes(1);

    private final Optional<PushSettings> settings;
    private final ObjectMapper json;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    private record Token(String value, Instant until) {}

    /** @param settings empty: every push is refused */
    public Push(Optional<PushSettings> settings, ObjectMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /** @throws Refused 502 with the reason when the system does not take the product */
    public void product(String ksbId, Product product) throws IOException {
        // Rising also over restarts, and above what a sync draws from its sequence.
        long next = version.updateAndGet(last -> Math.max(last + 1, clock.millis()));
        JsonNode result = exchange(ksbId, "POST", "/api/product-updates", List.of(PushedRow.of(product, next)));
        if (result.path("rejectedCount").asInt() > 0) {
            throw new Refused(502, "The product was rejected: " + result.path("rejected"));
        }
    }

    /** @throws Refused 502 with the reason when the system does not take the rate */
    public void rate(String ksbId, String currency, BigDecimal rate) throws IOException {
        JsonNode unused = exchange(
                ksbId, "PUT", "/api/currency-rates/" + encoded(currency), Map.of("rate", rate.toPlainString()));
    }

    private JsonNode exchange(String ksbId, String method, String path, Object body) throws IOException {
        HttpRequest request = request(path)
                .header("Authorization", "Bearer " + token(ksbId))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        return answer(request);
    }

    private String token(String ksbId) throws IOException {
        Token known = tokens.get(ksbId);
        if (known == null || !clock.instant().isBefore(known.until().minus(RENEWED_BEFORE))) {
            String form = "grant_type=client_credentials&client_id=" + encoded(where().clientOf(ksbId))
                    + "&client_secret=" + encoded(where().secret());
            JsonNode issued = answer(request("/api/auth/token")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build());
            known = new Token(
                    issued.path("access_token").asText(),
                    clock.instant().plusSeconds(issued.path("expires_in").asLong()));
            tokens.put(ksbId, known);
        }
        return known.value();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(where().origin().resolve(path)).timeout(LIMIT);
    }

    private PushSettings where() {
        return settings.orElseThrow(() -> new Refused(400, "SIMULATOR_PUSH_URL says nowhere to push to"));
    }

    private JsonNode answer(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                tokens.clear();
                throw new Refused(
                        502, request.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new Refused(502, request.uri() + " cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(502, request.uri() + " was not waited for");
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
