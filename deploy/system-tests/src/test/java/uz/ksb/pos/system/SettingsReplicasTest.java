package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.till.Api;

/** Two settings-services on one database promise what one does; all of it in an enterprise that nobody else uses. */
@ExtendWith(SharedSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsReplicasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "u-password";
    private static final boolean ALL = Boolean.getBoolean("pos.test.all");
    private static final int EQUAL_PUTS = ALL ? 10_000 : 1_500;
    private static final int SYNCS = ALL ? 50 : 10;

    private final String ksbId = Integer.toString(ThreadLocalRandom.current().nextInt(20_000_000, 90_000_000));
    private final RunningSystem system;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Replica replica;
    private Api one;
    private Api other;
    private String admin;
    private String login;

    SettingsReplicasTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeAll
    void twoReplicasAndAnEnterprise() throws Exception {
        replica = Replica.of(system, "settings-service");
        one = new Api("http://127.0.0.1:" + (system.portBase() + 1), system.password());
        other = replica.api();
        sql("insert into enterprises (ksb_id, name, device_approval) values ('%s', 'N', 'AUTOMATIC')".formatted(ksbId));
        sql("""
                insert into users (id, user_id, ksb_id, login, login_key, display_name, role, password_hash)
                select gen_random_uuid(), gen_random_uuid(), '%s', login, login_key, display_name, role, password_hash
                from users where ksb_id = '10000001'""".formatted(ksbId));
        countWrites();
        admin = one.loggedIn(ksbId, "admin").token();
    }

    @AfterAll
    void stop() throws Exception {
        replica.close();
    }

    @BeforeEach
    void aUser() {
        login = "u" + UUID.randomUUID();
        Api.Answer added = one.post(
                "/api/users",
                admin,
                Map.of("login", login, "displayName", "U", "role", "CASHIER", "password", PASSWORD));
        assertThat(added.status()).isEqualTo(201);
    }

    /** A till of its own, with the user logged in. */
    private record Till(String deviceId, String token, String refreshToken, String accessToken) {}

    private Till till() {
        String device = UUID.randomUUID().toString();
        String token =
                one.registerDevice(ksbId, device).json().path("deviceToken").asText();
        Api.Answer in = one.login(ksbId, device, token, login, PASSWORD);
        return new Till(
                device,
                token,
                in.json().path("refreshToken").asText(),
                in.json().path("accessToken").asText());
    }

    @Test
    void equalPutsWriteOneRowAndManyWritersLoseNothing() throws Exception {
        String body = settings("7");
        List<String> forms = List.of(body, body.replace("\"7\"", "\"7.00\""), turned(body));

        List<String> changed = atOnce(8, EQUAL_PUTS, number -> {
            HttpResponse<String> answer = put(number, forms.get(number % 3), null);
            return answer.statusCode()
                    + answer.headers().firstValue("X-Changed").orElse("?");
        });

        assertThat(changed).containsOnly("200true", "200false");
        assertThat(changed).filteredOn("200true"::equals).hasSize(1);
        assertThat(writes("user_settings", login)).isEqualTo(1);
        List<Integer> statuses = atOnce(20, 100, number -> {
            String seen = get(number).headers().firstValue("ETag").orElseThrow();
            String mine = body.replace("\"7\"", "\"" + number + "\"").replace("uz-Latn", "ru");
            return put(number, mine, seen).statusCode();
        });
        int applied = (int) statuses.stream().filter(status -> status == 200).count();
        assertThat(statuses).containsOnly(200, 412);
        assertThat(applied).isPositive();
        assertThat(writes("user_settings", login)).isEqualTo(1 + applied);
        assertThat(get(0).headers().firstValue("ETag")).contains("\"" + (1 + applied) + "\"");
        eventually(() -> assertThat(events(login)).isEqualTo(1 + applied));
    }

    /** Many syncs at once, each on two partitions: so both replicas get them, and each message comes twice. */
    @Test
    void aRepeatedDeltaIsWrittenOnceAndAChangedUserAlone() throws Exception {
        within(Duration.ofMinutes(1), this::bothTakePart);
        String name = "s" + UUID.randomUUID() + "-";
        List<ObjectNode> users = IntStream.range(0, 200)
                .mapToObj(number -> imported(name + number, "5"))
                .collect(Collectors.toCollection(ArrayList::new));
        try (SettingsDelta delta = new SettingsDelta(system.kafka(), ksbId)) {
            UUID first = delta.send(users, 0);
            eventually(() -> assertThat(delta.answers(List.of(first))).hasSize(1));
            login = name + 7;
            assertThat(other.patch("/api/users/" + login, admin, Map.of("password", PASSWORD))
                            .status())
                    .isEqualTo(200);
            ObjectNode settings = (ObjectNode)
                    one.get("/api/users/me/settings", till().accessToken()).json();
            settings.put("language", "ru").put("theme", "dark");
            assertThat(other.put("/api/users/me/settings", till().accessToken(), settings)
                            .status())
                    .isEqualTo(200);

            List<UUID> syncs = new ArrayList<>();
            for (int i = 0; i < SYNCS; i++) {
                syncs.add(delta.send(users, i % 3, (i + 1) % 3));
            }

            eventually(() -> assertThat(delta.answers(syncs))
                    .extracting(SettingsDelta::sync)
                    .containsExactlyInAnyOrderElementsOf(syncs));
            assertThat(writes("user_settings", name))
                    .as("200 and the user's own")
                    .isEqualTo(201);
            assertThat(writes("users", name)).as("200 and a password").isEqualTo(201);
            users.set(7, imported(name + 7, "9.50"));
            UUID last = delta.send(users, 2);
            eventually(() -> assertThat(delta.answers(List.of(last)))
                    .singleElement()
                    .satisfies(
                            answer -> assertThat(answer.path("applied").asInt()).isEqualTo(1)));
            assertThat(writes("user_settings", name)).isEqualTo(202);
            assertThat(writes("users", name)).isEqualTo(201);
            eventually(() -> assertThat(events(name)).isEqualTo(202));
            assertThat(delta.answers(syncs))
                    .as("one each, also to what came twice")
                    .hasSize(SYNCS);
            for (Api api : List.of(one, other)) {
                assertThat(api.get("/api/users/" + login + "/settings", admin).json())
                        .isEqualTo(settings.put("maxDiscountPercent", "9.5"));
            }
        }
    }

    @Test
    void aWaitHoldsOnBothForThatLoginOnThatDeviceOnly() {
        Till till = till();
        List<Api> both = List.of(one, other);
        for (int i = 0; i < 5; i++) {
            assertThat(both.get(i % 2)
                            .login(ksbId, till.deviceId, till.token, login, "wrong")
                            .status())
                    .isEqualTo(401);
        }

        both.forEach(api -> assertThat(api.login(ksbId, till.deviceId, till.token, login, PASSWORD)
                        .status())
                .isEqualTo(429));

        assertThat(other.login(ksbId, till.deviceId, till.token, "menejer", system.password())
                        .status())
                .isEqualTo(200);
        Till elsewhere = till();
        assertThat(other.login(ksbId, elsewhere.deviceId, elsewhere.token, login, PASSWORD)
                        .status())
                .isEqualTo(200);
        eventually(() -> assertThat(other.login(ksbId, till.deviceId, till.token, login, PASSWORD)
                        .status())
                .isEqualTo(200));
    }

    @Test
    void aRefreshTokenIsOneOnBothAndATokenOfOneServesAtTheOther() throws Exception {
        Till till = till();

        List<String> successors = atOnce(8, 8, number -> {
            Api.Answer answer = refresh(number % 2 == 0 ? one : other, till.token, till.refreshToken);
            assertThat(answer.status()).isEqualTo(200);
            return answer.json().path("refreshToken").asText();
        });

        assertThat(Set.copyOf(successors)).hasSize(1);
        String next = successors.getFirst();
        Api.Answer renewed = refresh(other, till.token, next);
        assertThat(one.get(
                                "/api/users/me/settings",
                                renewed.json().path("accessToken").asText())
                        .status())
                .isEqualTo(200);
        // Two rotations ago, but within its minute: two windows that renew together stay logged in, at both replicas.
        for (Api api : List.of(one, other)) {
            Api.Answer late = refresh(api, till.token, till.refreshToken);
            assertThat(late.status()).isEqualTo(200);
            assertThat(late.json().path("refreshToken"))
                    .isEqualTo(renewed.json().path("refreshToken"));
        }
    }

    @Test
    void aTokenRevokedAtOneReplicaIsNotRenewedAtTheOther() {
        Till blocked = till();
        Till renewing = till();
        assertThat(one.patch("/api/devices/" + blocked.deviceId, admin, Map.of("status", "BLOCKED"))
                        .status())
                .isEqualTo(200);
        Api.Answer refused = refresh(other, blocked.token, blocked.refreshToken);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("/problems/device-blocked");
        assertThat(other.login(ksbId, blocked.deviceId, blocked.token, login, PASSWORD)
                        .status())
                .isEqualTo(403);

        assertThat(other.patch("/api/users/" + login, admin, Map.of("password", "set-by-an-admin"))
                        .status())
                .isEqualTo(200);
        assertThat(refresh(one, renewing.token, renewing.refreshToken).status()).isEqualTo(401);
        Api.Answer again = one.login(ksbId, renewing.deviceId, renewing.token, login, "set-by-an-admin");

        assertThat(one.patch("/api/users/" + login, admin, Map.of("active", false))
                        .status())
                .isEqualTo(200);
        assertThat(refresh(
                                other,
                                renewing.token,
                                again.json().path("refreshToken").asText())
                        .status())
                .isEqualTo(401);
        eventually(() -> assertThat(TopicReader.all(system.kafka(), "pos.settings.v1").stream()
                        .filter(event -> event.event().type().equals("device.blocked"))
                        .filter(event -> blocked.deviceId.equals(event.event().subject())))
                .hasSize(1));
    }

    @Test
    void bothRefuseForgedTokensAndTakeEachOthers() throws Exception {
        String real = other.loggedIn(ksbId, "admin").token();
        ForgedTokens forged = new ForgedTokens(system, real);
        for (Api api : List.of(one, other)) {
            assertThat(api.get("/api/enterprise", real).status()).isEqualTo(200);
            forged.withoutTheKey().forEach((what, token) -> refused(api, what, token));
            forged.ofTheKey().forEach((what, token) -> refused(api, what, token));
        }
    }

    private static void refused(Api api, String what, String token) {
        Api.Answer answer = api.get("/api/enterprise", token);
        assertThat(answer.status()).as(what).isEqualTo(401);
        assertThat(answer.type()).as(what).startsWith("application/problem+json");
    }

    private void bothTakePart() throws Exception {
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", system.kafka()))) {
            assertThat(kafka.describeConsumerGroups(List.of("settings-service"))
                            .all()
                            .get()
                            .get("settings-service")
                            .members())
                    .hasSize(2)
                    .allMatch(member -> !member.assignment().topicPartitions().isEmpty());
        }
    }

    private static ObjectNode imported(String login, String discount) {
        ObjectNode user = JSON.createObjectNode()
                .put("kind", "user")
                .put("id", login)
                .put("name", "Sotuvchi")
                .put("role", "CASHIER");
        user.putObject("settings")
                .put("currency", "UZS")
                .put("maxDiscountPercent", discount)
                .put("mayChangePrice", false)
                .withArray("warehouses")
                .addObject()
                .put("id", "asosiy")
                .put("main", true);
        return user;
    }

    private String settings(String discount) {
        return ((ObjectNode) one.get("/api/users/" + login + "/settings", admin).json())
                .put("maxDiscountPercent", discount)
                .toString();
    }

    /** The same with its last key first. */
    private static String turned(String settings) throws IOException {
        ObjectNode from = (ObjectNode) JSON.readTree(settings);
        ObjectNode turned = JSON.createObjectNode();
        List<String> names = new ArrayList<>();
        from.fieldNames().forEachRemaining(names::add);
        names.reversed().forEach(key -> turned.set(key, from.get(key)));
        return turned.toString();
    }

    private HttpResponse<String> put(int number, String body, String ifMatch) throws Exception {
        HttpRequest.Builder request = request(number).PUT(HttpRequest.BodyPublishers.ofString(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(int number) throws Exception {
        return http.send(request(number).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** To one replica or the other. */
    private HttpRequest.Builder request(int number) {
        String address = number % 2 == 0 ? "http://127.0.0.1:" + (system.portBase() + 1) : replica.address();
        return HttpRequest.newBuilder(URI.create(address + "/api/users/" + login + "/settings"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json");
    }

    private static Api.Answer refresh(Api api, String deviceToken, String refreshToken) {
        return api.postAsDevice("/api/auth/refresh", deviceToken, Map.of("refreshToken", refreshToken));
    }

    private long events(String loginPrefix) {
        return TopicReader.all(system.kafka(), "pos.settings.v1").stream()
                .filter(event -> event.event().type().equals("settings.changed"))
                .filter(event -> event.data().contains("\"login\":\"" + loginPrefix))
                .count();
    }

    /** Row by row and at once, as {@code n_tup_ins + n_tup_upd} does seconds later. */
    private void countWrites() throws Exception {
        sql("""
                create table row_writes (written_table text not null, id uuid not null);
                create function count_row_write() returns trigger language plpgsql as
                    'begin insert into row_writes values (tg_table_name, new.id); return null; end';
                create trigger count_row_writes after insert or update on user_settings
                    for each row execute function count_row_write();
                create trigger count_row_writes after insert or update on users
                    for each row execute function count_row_write()""");
    }

    private int writes(String table, String loginPrefix) throws Exception {
        try (Connection connection = system.database("settings");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select count(*) from row_writes join users using (id)
                        where written_table = '%s' and login like '%s%%'""".formatted(table, loginPrefix))) {
            row.next();
            return row.getInt(1);
        }
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = system.database("settings");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
