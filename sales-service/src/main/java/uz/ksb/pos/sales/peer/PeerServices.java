package uz.ksb.pos.sales.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks the other services for what the copies here lack, with a machine token of one enterprise that may only read. Requests of
 * tills never wait for it.
 */
@ApplicationScoped
public class PeerServices {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final PeerConfig config;
    private final Optional<String> secret;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param secret of the client {@code service:sales-service}; absent: the copies here are not compared with their owners */
    PeerServices(
            PeerConfig config,
            @ConfigProperty(name = "pos.service.secret") Optional<String> secret,
            ObjectMapper json) {
        this.config = config;
        this.secret = secret;
        this.json = json;
    }

    /** Whether this service has a secret by which others know it. */
    public boolean areKnown() {
        return secret.isPresent();
    }

    /** A token for one enterprise, good for some minutes. */
    public Uni<Peer> forEnterprise(String ksbId) {
        String form = "grant_type=client_credentials&client_id=" + encoded("service:sales-service") + "&client_secret="
                + encoded(secret.orElseThrow()) + "&ksb_id=" + encoded(ksbId);
        return send(request(config.settingsUrl(), "/api/auth/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)))
                .map(answer -> new Peer(answer.path("access_token").asText()));
    }

    /** The other services, for one enterprise. */
    public final class Peer {
        private final String token;

        private Peer(String token) {
            this.token = token;
        }

        /** @param path with its query */
        public Uni<JsonNode> product(String path) {
            return get(config.productUrl(), path);
        }

        public Uni<JsonNode> settings(String path) {
            return get(config.settingsUrl(), path);
        }

        private Uni<JsonNode> get(String origin, String path) {
            return send(request(origin, path)
                    .header("Authorization", "Bearer " + token)
                    .GET());
        }
    }

    private static HttpRequest.Builder request(String origin, String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).timeout(TIMEOUT);
    }

    private Uni<JsonNode> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.header("Accept", "application/json").build();
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
                .map(response -> body(request, response));
    }

    private JsonNode body(HttpRequest request, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(request.uri().getPath() + " answers " + response.statusCode());
        }
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri().getPath() + " answers no JSON", e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
