package uz.ksb.pos.benchmarks.stack;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import uz.ksb.pos.benchmarks.BenchFailed;

/** The public API, for what has to be there before a round; the load itself goes other ways. */
public final class Api {
    public static final String KSB_ID = "10000001";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String origin;
    private final String password;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Api(String origin, String password) {
        this.origin = origin;
        this.password = password;
    }

    /** A new till, and somebody logged in at it. Its token lasts for 15 minutes. */
    public record Till(String token, String deviceId) {}

    public Till till() throws InterruptedException {
        return till("kassir");
    }

    /** As {@link #till()}, for somebody else of the sample enterprise. */
    public Till till(String login) throws InterruptedException {
        Device device = device(login);
        HttpRequest.Builder request = request("/api/auth/login", null)
                .header("X-Device-Token", device.token())
                .POST(BodyPublishers.ofString(device.login().encode()));
        return new Till(
                new JsonObject(send(request)).getString("accessToken"),
                device.login().getString("deviceId"));
    }

    /** A new till where nobody is logged in yet, and the body of the request that does it. */
    public record Device(String token, JsonObject login) {}

    public Device device(String login) throws InterruptedException {
        String deviceId = UUID.randomUUID().toString();
        JsonObject device = new JsonObject().put("ksbId", KSB_ID).put("deviceId", deviceId);
        String token = post("/api/devices", null, device.copy().put("name", "Benchmark"))
                .getString("deviceToken");
        return new Device(token, device.put("login", login).put("password", password));
    }

    /** The technical client's token. */
    public String backOffice() throws InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + KSB_ID + "-backoffice&client_secret="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/api/auth/token"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return new JsonObject(send(request)).getString("access_token");
    }

    public JsonObject get(String path, String token) throws InterruptedException {
        return new JsonObject(send(request(path, token)));
    }

    public JsonObject put(String path, String token, JsonObject body) throws InterruptedException {
        return new JsonObject(send(request(path, token).PUT(BodyPublishers.ofString(body.encode()))));
    }

    public JsonObject post(String path, String token, JsonObject body) throws InterruptedException {
        String answer = send(request(path, token).POST(BodyPublishers.ofString(body.encode())));
        return answer.startsWith("{") ? new JsonObject(answer) : new JsonObject();
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest.Builder builder) throws InterruptedException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new BenchFailed("%s %s answered %d: %s"
                        .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new BenchFailed(request.uri() + " does not answer", e);
        }
    }
}
