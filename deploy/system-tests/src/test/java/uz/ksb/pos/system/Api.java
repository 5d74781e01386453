package uz.ksb.pos.system;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** The public API over the one origin. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String origin;
    private final String password;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Api(String origin, String password) {
        this.origin = origin;
        this.password = password;
    }

    /** An answer; its body read as JSON is null when it is none. */
    record Answer(int status, String type, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError(status + " with something that is no JSON: " + body, e);
            }
        }
    }

    /** A till that is registered, and somebody logged in at it. */
    record Login(String token, String deviceId, String deviceToken) {}

    Answer get(String path, String token) {
        return send(request(path, token));
    }

    Answer post(String path, String token, Object body) {
        return send(
                request(path, token).header("Content-Type", "application/json").POST(json(body)));
    }

    Answer put(String path, String token, Object body) {
        return send(
                request(path, token).header("Content-Type", "application/json").PUT(json(body)));
    }

    Answer patch(String path, String token, Object body) {
        return send(
                request(path, token).header("Content-Type", "application/json").method("PATCH", json(body)));
    }

    /** As a till that nobody is logged in at. */
    Answer postAsDevice(String path, String deviceToken, Object body) {
        return send(request(path, null)
                .header("Content-Type", "application/json")
                .header("X-Device-Token", deviceToken)
                .POST(json(body)));
    }

    Answer registerDevice(String ksbId, String deviceId) {
        return post("/api/devices", null, Map.of("ksbId", ksbId, "deviceId", deviceId, "name", "System test"));
    }

    Answer login(String ksbId, String deviceId, String deviceToken, String login, String secret) {
        return postAsDevice(
                "/api/auth/login",
                deviceToken,
                Map.of("ksbId", ksbId, "deviceId", deviceId, "login", login, "password", secret));
    }

    /** All finished sales of the caller's enterprise, page by page. */
    List<JsonNode> sales(String token) {
        List<JsonNode> sales = new ArrayList<>();
        String after = "";
        do {
            Answer answer = get("/api/sales?status=COMPLETED&limit=1000" + after, token);
            if (answer.status() != 200) {
                throw new AssertionError(answer.toString());
            }
            answer.json().path("items").forEach(sales::add);
            JsonNode next = answer.json().path("next");
            after = next.isTextual() ? "&after=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8) : "";
        } while (!after.isEmpty());
        return sales;
    }

    /** Registers a new till and logs {@code login} in at it. */
    Login loggedIn(String ksbId, String login) {
        String deviceId = UUID.randomUUID().toString();
        Answer device = registerDevice(ksbId, deviceId);
        String deviceToken = text(device, "deviceToken");
        return new Login(
                text(login(ksbId, deviceId, deviceToken, login, password), "accessToken"), deviceId, deviceToken);
    }

    /** The technical client's token. */
    String backOffice(String ksbId) {
        String form = "grant_type=client_credentials&client_id=" + ksbId + "-backoffice&client_secret="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        Answer answer = send(request("/api/auth/token", null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        return text(answer, "access_token");
    }

    private static String text(Answer answer, String field) {
        JsonNode value = answer.json().path(field);
        if (!value.isTextual()) {
            throw new AssertionError("no " + field + " in " + answer);
        }
        return value.asText();
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).timeout(LIMIT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
