package uz.ksb.pos.till;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The public API over the one origin. Each request is sent once; any answer is returned. */
public final class Api {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Shared by all: a client of its own for each caller costs two threads each. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String origin;
    private final String password;

    /**
     * Does nothing yet.
     *
     * @param origin such as {@code http://localhost:8080}
     * @param password of the sample users and technical clients
     */
    public Api(String origin, String password) {
        this.origin = origin;
        this.password = password;
    }

    /** @param type the content type, empty when there is none */
    public record Answer(int status, String type, String body) {

        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** @throws IllegalStateException when the body is no JSON */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(status + " with something that is no JSON: " + body, e);
            }
        }

        /** The status, and the detail or title of the problem (RFC 9457), for people. */
        public String reason() {
            try {
                JsonNode problem = JSON.readTree(body);
                String title =
                        problem.path("title").asText(problem.path("error").asText());
                return (status + " " + problem.path("detail").asText(title)).strip();
            } catch (JsonProcessingException e) {
                return Integer.toString(status);
            }
        }
    }

    public String origin() {
        return origin;
    }

    /**
     * A registered till with a user logged in.
     *
     * @param token the access token
     */
    public record Login(String token, String deviceId, String deviceToken) {}

    public Answer get(String path, String token) {
        return send(request(path, token));
    }

    public Answer post(String path, String token, Object body) {
        return send(json(request(path, token), "POST", body));
    }

    public Answer put(String path, String token, Object body) {
        return send(json(request(path, token), "PUT", body));
    }

    public Answer patch(String path, String token, Object body) {
        return send(json(request(path, token), "PATCH", body));
    }

    public Answer delete(String path) {
        return send(request(path, null).DELETE());
    }

    /** As a till where nobody is logged in. */
    public Answer postAsDevice(String path, String deviceToken, Object body) {
        return send(json(request(path, null), "POST", body).header("X-Device-Token", deviceToken));
    }

    public Answer registerDevice(String ksbId, String deviceId) {
        return send(registration(ksbId, deviceId, "Test till"));
    }

    public Answer login(String ksbId, String deviceId, String deviceToken, String login, String secret) {
        return send(loginRequest(ksbId, deviceId, deviceToken, login, secret));
    }

    /** With the password of the sample users. */
    public HttpRequest.Builder loginRequest(String ksbId, String deviceId, String deviceToken, String login) {
        return loginRequest(ksbId, deviceId, deviceToken, login, password);
    }

    /** Registers a new till and logs {@code login} in at it. */
    public Login loggedIn(String ksbId, String login) {
        String deviceId = UUID.randomUUID().toString();
        String deviceToken = text(registerDevice(ksbId, deviceId), "deviceToken");
        Answer in = send(loginRequest(ksbId, deviceId, deviceToken, login));
        return new Login(text(in, "accessToken"), deviceId, deviceToken);
    }

    /** A user at a till of its own, logged in again before the token ends. */
    public Session session(String ksbId, String login) {
        return new Session(() -> {
            String deviceId = UUID.randomUUID().toString();
            String deviceToken = text(registerDevice(ksbId, deviceId), "deviceToken");
            return Session.Token.of(send(loginRequest(ksbId, deviceId, deviceToken, login)));
        });
    }

    /** The technical client's token. */
    public String backOffice(String ksbId) {
        return text(send(tokenRequest(ksbId)), "access_token");
    }

    /** All finished sales of the caller's enterprise, page by page. */
    public List<JsonNode> sales(String token) {
        List<JsonNode> sales = new ArrayList<>();
        String after = "";
        do {
            Answer answer = get("/api/sales?status=COMPLETED&limit=1000" + after, token);
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.toString());
            }
            answer.json().path("items").forEach(sales::add);
            JsonNode next = answer.json().path("next");
            after = next.isTextual() ? "&after=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8) : "";
        } while (!after.isEmpty());
        return sales;
    }

    public HttpRequest.Builder registration(String ksbId, String deviceId, String name) {
        return json(request("/api/devices", null), "POST", Map.of("ksbId", ksbId, "deviceId", deviceId, "name", name));
    }

    private HttpRequest.Builder loginRequest(
            String ksbId, String deviceId, String deviceToken, String login, String secret) {
        return json(
                        request("/api/auth/login", null),
                        "POST",
                        Map.of("ksbId", ksbId, "deviceId", deviceId, "login", login, "password", secret))
                .header("X-Device-Token", deviceToken);
    }

    /** As the enterprise's technical client. */
    public HttpRequest.Builder tokenRequest(String ksbId) {
        String form = "grant_type=client_credentials&client_id=" + ksbId + "-backoffice&client_secret="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return request("/api/auth/token", null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    /** @param token null: none */
    public HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).timeout(LIMIT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** @param body written as JSON */
    public static HttpRequest.Builder json(HttpRequest.Builder request, String method, Object body) {
        try {
            return request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @throws IOException when no answer comes */
    public static Answer exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return exchange(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Answer answer, String field) {
        JsonNode value = answer.json().path(field);
        if (!value.isTextual()) {
            throw new IllegalStateException("no " + field + " in " + answer);
        }
        return value.asText();
    }
}
