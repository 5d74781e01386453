package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.testing.TopicReader;

/** Two settings-services on one database promise what one does. */
@ExtendWith(SharedSystem.class)
class SettingsReplicasTest {
    private static final String KSB_ID = "10000001";

    private final RunningSystem system;
    private final String login = "u" + UUID.randomUUID();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SettingsReplica replica;
    private String admin;

    SettingsReplicasTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void twoReplicasAndAUser() throws Exception {
        replica = SettingsReplica.beside(system);
        admin = system.api().loggedIn(KSB_ID, "admin").token();
        Api.Answer added = system.api()
                .post(
                        "/api/users",
                        admin,
                        Map.of("login", login, "displayName", "U", "role", "CASHIER", "password", "u-password"));
        assertThat(added.status()).isEqualTo(201);
    }

    @AfterEach
    void stop() throws Exception {
        replica.close();
    }

    @Test
    void tenThousandEqualPutsWriteOneRowAndManyWritersLoseNothing() throws Exception {
        String body = settings("7");
        String otherwise = body.replace("\"7\"", "7.00");
        countWrites();

        List<String> changed = atOnce(8, 10_000, number -> {
            HttpResponse<String> answer = put(address(number), number % 3 == 0 ? body : otherwise, null);
            return answer.statusCode()
                    + answer.headers().firstValue("X-Changed").orElse("?");
        });

        assertThat(changed).containsOnly("200true", "200false");
        assertThat(changed).filteredOn("200true"::equals).hasSize(1);
        assertThat(writes()).isEqualTo(1);
        List<Integer> statuses = atOnce(20, 100, number -> put(
                        address(number),
                        settings(BigDecimal.valueOf(200 + number, 2).toPlainString()),
                        "\"1\"")
                .statusCode());
        assertThat(Set.copyOf(statuses)).containsExactlyInAnyOrder(200, 412);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(writes()).isEqualTo(2);
        eventually(() -> assertThat(TopicReader.all(system.kafka(), "pos.settings.v1").stream()
                        .filter(event -> event.data().contains(login)))
                .hasSize(2));
    }

    @Test
    void aWaitHoldsOnBothForThatLoginOnThatDeviceOnly() {
        String device = UUID.randomUUID().toString();
        String token = system.api()
                .registerDevice(KSB_ID, device)
                .json()
                .path("deviceToken")
                .asText();
        List<Api> both = List.of(system.api(), replica.api());
        for (int i = 0; i < 5; i++) {
            assertThat(both.get(i % 2)
                            .login(KSB_ID, device, token, login, "wrong")
                            .status())
                    .isEqualTo(401);
        }

        both.forEach(api -> assertThat(
                        api.login(KSB_ID, device, token, login, "u-password").status())
                .isEqualTo(429));

        assertThat(replica.api()
                        .login(KSB_ID, device, token, "menejer", system.password())
                        .status())
                .isEqualTo(200);
        String other = UUID.randomUUID().toString();
        String otherToken = replica.api()
                .registerDevice(KSB_ID, other)
                .json()
                .path("deviceToken")
                .asText();
        assertThat(replica.api()
                        .login(KSB_ID, other, otherToken, login, "u-password")
                        .status())
                .isEqualTo(200);
        eventually(() -> assertThat(replica.api()
                        .login(KSB_ID, device, token, login, "u-password")
                        .status())
                .isEqualTo(200));
    }

    @Test
    void aRefreshTokenIsOneOnBothAndATokenOfOneServesAtTheOther() throws Exception {
        String device = UUID.randomUUID().toString();
        String token = system.api()
                .registerDevice(KSB_ID, device)
                .json()
                .path("deviceToken")
                .asText();
        String refresh = system.api()
                .login(KSB_ID, device, token, login, "u-password")
                .json()
                .path("refreshToken")
                .asText();

        List<String> successors = atOnce(8, 8, number -> {
            HttpResponse<String> answer = refresh(address(number), token, refresh);
            assertThat(answer.statusCode()).isEqualTo(200);
            return text(answer.body(), "refreshToken");
        });

        assertThat(Set.copyOf(successors)).hasSize(1);
        String next = successors.getFirst();
        String access = text(refresh(replica.address(), token, next).body(), "accessToken");
        assertThat(system.api().get("/api/users/me/settings", access).status()).isEqualTo(200);
        // Two rotations ago: its reuse ends the family, at the other replica too.
        assertThat(refresh(replica.address(), token, refresh).statusCode()).isEqualTo(401);
        assertThat(refresh(address(0), token, next).statusCode()).isEqualTo(401);
    }

    @Test
    void forgedTokensAreRefusedByEveryServiceAlike() {
        String[] parts = system.api().loggedIn(KSB_ID, "kassir").token().split("\\.");
        String none = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        String unknownKey = base64("{\"alg\":\"ES256\",\"kid\":\"access-20200101T0000Z\"}");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
        String foreign = base64(payload.replace(KSB_ID, "10000002"));
        List<String> forged = List.of(
                none + "." + parts[1] + ".",
                unknownKey + "." + parts[1] + "." + parts[2],
                parts[0] + "." + foreign + "." + parts[2],
                parts[0] + "." + parts[1] + "."
                        + base64("0123456789012345678901234567890123456789012345678901234567890123"),
                "garbage");

        for (String path : List.of("/api/enterprise", "/api/products", "/api/totals", "/api/syncs")) {
            forged.forEach(token -> assertThat(system.api().get(path, token)).satisfies(answer -> {
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.type()).as(path).startsWith("application/problem+json");
            }));
        }
    }

    private String settings(String discount) {
        JsonNode present =
                system.api().get("/api/users/" + login + "/settings", admin).json();
        return ((ObjectNode) present).put("maxDiscountPercent", discount).toString();
    }

    private String address(int number) {
        return number % 2 == 0 ? "http://127.0.0.1:" + (system.portBase() + 1) : replica.address();
    }

    private HttpResponse<String> put(String address, String body, String ifMatch) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/api/users/" + login + "/settings"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> refresh(String address, String deviceToken, String refreshToken) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + "/api/auth/refresh"))
                        .header("X-Device-Token", deviceToken)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"refreshToken\":\"" + refreshToken + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Row by row and at once, as {@code n_tup_ins + n_tup_upd} does seconds later. */
    private void countWrites() throws Exception {
        sql("""
                create table if not exists row_writes (id uuid not null);
                create or replace function count_row_write() returns trigger language plpgsql as
                    'begin insert into row_writes values (new.id); return null; end';
                create or replace trigger count_row_writes after insert or update on user_settings
                    for each row execute function count_row_write()""");
    }

    private int writes() throws Exception {
        try (Connection connection = replica.database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from row_writes join users using (id) where login = '" + login + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void sql(String text) throws SQLException, java.io.IOException {
        try (Connection connection = replica.database();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static String text(String json, String field) throws java.io.IOException {
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(json)
                .path(field)
                .asText();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private interface Work<T> {
        T at(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int threads, int times, Work<T> work) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> running = IntStream.range(0, times)
                    .mapToObj(number -> pool.submit((Callable<T>) () -> work.at(number)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
