package uz.ksb.pos.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Endpoints.Endpoint;
import uz.ksb.pos.platform.testing.Endpoints.Parameter;

/**
 * Tries the paragraph "General" of the API's contract on each endpoint of a service. A service
 * has a test class that extends this one.
 */
public abstract class EdgeRules {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KSB_ID = "10000001";

    private static final List<byte[]> NO_JSON = List.of(
            "".getBytes(UTF_8),
            "[".getBytes(UTF_8),
            "nonsense".getBytes(UTF_8),
            "{\"x\":1,\"x\":1}".getBytes(UTF_8),
            "\ufeff".getBytes(UTF_8),
            "\ufeff{\"x\u0000\":1}".getBytes(UTF_8),
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private List<Endpoint> endpoints;

    /** Endpoints that need no token of a user, as {@code GET /path}; all others do. */
    protected abstract Set<String> open();

    /** A role that may call the endpoint. */
    protected Role allowed(String endpoint) {
        return Role.ADMIN;
    }

    /** Roles that are tried where they are not allowed. */
    protected List<Role> others() {
        return List.of(Role.CASHIER, Role.BACK_OFFICE);
    }

    /** A user's or a machine's token. */
    protected String token(Role role) {
        return Tokens.of(KSB_ID, role).sign();
    }

    private record Answer(Endpoint endpoint, int status, HttpResponse<String> response, Duration time) {
        JsonNode problem() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isProblem() {
            return response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                    && problem().path("status").asInt() == status
                    && !problem().path("type").asText().isEmpty()
                    && !response.body().contains("xception");
        }

        boolean namesAField() {
            return isProblem() && !problem().path("violations").isEmpty();
        }

        @Override
        public String toString() {
            return response.request().method() + " " + response.uri() + " -> " + status + " " + response.body();
        }
    }

    @BeforeEach
    public void readTheApi() {
        endpoints = Endpoints.all().stream()
                .filter(endpoint -> endpoint.path().startsWith("/api/"))
                .toList();
        assertThat(endpoints).isNotEmpty();
    }

    /** The till's types are made of the documents there; {@code npm run api} in the client makes both anew. */
    @Test
    public void theTillIsMadeForThisApi() throws IOException {
        String module = Path.of("").toAbsolutePath().getFileName().toString();
        Path kept = Path.of("../realtime-gateway/src/main/webui/api", module.replace("-service", "") + ".json");
        JsonNode document = JSON.readTree(kept.toFile());
        JsonNode live = Endpoints.document();
        assertThat(live.path("paths")).as("npm run api").isEqualTo(document.path("paths"));
        assertThat(live.path("components")).as("npm run api").isEqualTo(document.path("components"));
    }

    @Test
    public void withoutATokenEveryEndpointIsClosed() {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            if (!open().contains(endpoint.toString())) {
                for (String[] headers :
                        new String[][] {{}, {"Authorization", "Bearer x.y.z"}, {"X-Device-Token", "x.y.z"}}) {
                    Answer answer = call(endpoint, endpoint.address(), "{}".getBytes(UTF_8), headers);
                    if (answer.status() != 401 || !answer.isProblem()) {
                        wrong.add(String.join(" ", headers) + " " + answer);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void anotherRoleIsRefused() {
        List<String> wrong = new ArrayList<>();
        for (Role role : others()) {
            String token = token(role);
            for (Endpoint endpoint : endpoints) {
                if (endpoint.roles() != null
                        && !endpoint.roles().isEmpty()
                        && role.withIncluded().stream()
                                .noneMatch(one -> endpoint.roles().contains(one.name()))) {
                    Answer answer = call(
                            endpoint, endpoint.address(), "{}".getBytes(UTF_8), "Authorization", "Bearer " + token);
                    if (answer.status() != 403 || !answer.isProblem()) {
                        wrong.add(role + " " + answer);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void parametersOfAnotherFormAreRefusedByTheirNames() {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            for (Parameter parameter : endpoint.parameters()) {
                if (parameter.in().equals("query")) {
                    for (String value : parameter.wrong()) {
                        String address = endpoint.address() + "?" + parameter.name() + "=" + value;
                        Answer answer = callAsAllowed(endpoint, address, "{}".getBytes(UTF_8));
                        if (answer.status() != 400 || !answer.namesAField()) {
                            wrong.add(answer.toString());
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void bodiesOfAnotherFormAreRefused() {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            for (byte[] body : endpoint.takesJson() ? NO_JSON : List.<byte[]>of()) {
                Answer answer = callAsAllowed(endpoint, endpoint.address(), body);
                if (answer.status() != 400 || !answer.namesAField()) {
                    wrong.add(new String(body, UTF_8) + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void encodedBodiesAreNotTaken() {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            if (endpoint.takesJson()) {
                Answer answer = call(
                        endpoint,
                        endpoint.address(),
                        "{}".getBytes(UTF_8),
                        "Authorization",
                        bearer(endpoint),
                        "Content-Encoding",
                        "gzip");
                if (answer.status() != 415 || !answer.namesAField()) {
                    wrong.add(answer.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void aFrozenDatabaseIsAnsweredForByEveryEndpoint() {
        Eventually.inOneOf(3, this::askAFrozenDatabase);
        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertThat(send("/q/health/ready").join().statusCode()).isEqualTo(200));
    }

    private void askAFrozenDatabase() {
        endpoints.forEach(this::bearer);
        List<CompletableFuture<Answer>> calls;
        try (TestInfrastructure.Frozen frozen = TestInfrastructure.frozenDatabase()) {
            calls = endpoints.stream()
                    .map(endpoint ->
                            send(endpoint, endpoint.address(), "{}".getBytes(UTF_8), "Authorization", bearer(endpoint)))
                    .toList();
            calls.forEach(CompletableFuture::join);
        }
        List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.time()).isLessThan(ANSWER_LIMIT);
            assertThat(answer.status()).isIn(200, 204, 400, 401, 403, 404, 415, 422, 503);
            if (answer.status() == 503) {
                assertThat(answer.isProblem()).isTrue();
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .isPresent();
            }
        });
        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(503));
    }

    private Answer callAsAllowed(Endpoint endpoint, String address, byte[] body) {
        return call(endpoint, address, body, "Authorization", bearer(endpoint));
    }

    private String bearer(Endpoint endpoint) {
        return "Bearer " + tokens.computeIfAbsent(allowed(endpoint.toString()), this::token);
    }

    private Answer call(Endpoint endpoint, String address, byte[] body, String... headers) {
        return send(endpoint, address, body, headers).join();
    }

    private CompletableFuture<Answer> send(Endpoint endpoint, String address, byte[] body, String... headers) {
        HttpRequest.Builder request = request(address)
                .method(
                        endpoint.method(),
                        endpoint.takesJson()
                                ? HttpRequest.BodyPublishers.ofByteArray(body)
                                : HttpRequest.BodyPublishers.noBody());
        if (endpoint.takesJson()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        long begun = System.nanoTime();
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(
                        endpoint, response.statusCode(), response, Duration.ofNanos(System.nanoTime() - begun)));
    }

    private CompletableFuture<HttpResponse<String>> send(String path) {
        return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + address))
                .timeout(Duration.ofSeconds(60));
    }
}
