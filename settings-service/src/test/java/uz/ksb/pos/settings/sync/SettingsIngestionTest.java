package uz.ksb.pos.settings.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.settings.RowWrites;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class SettingsIngestionTest {
    /** Rises over all tests, as the number that is drawn at the beginning of each reading does. */
    private static long reading = 1;

    private final String name = "s" + UUID.randomUUID();
    private String admin;
    private Till till;

    @BeforeEach
    void anAdmin() {
        till = Till.of(ONE);
        admin = till.accessToken("admin");
    }

    @Test
    void repeatedUsersAreWrittenOnceAndAChangedOneAlone() {
        RowWrites settings = RowWrites.of("user_settings");
        RowWrites users = RowWrites.of("users");
        List<String> rows = IntStream.range(0, 200)
                .mapToObj(i -> user(name + i, "\"5\"", false))
                .collect(Collectors.toCollection(ArrayList::new));

        JsonPath first = sync(rows);
        assertThat(first.getInt("applied")).isEqualTo(200);
        as(admin)
                .body(settings(name + 7).replace("uz-Latn", "ru").replace("system", "dark"))
                .put(path(name + 7))
                .then()
                .statusCode(200)
                .header("X-Changed", "true");
        for (int i = 0; i < 48; i++) {
            send(Ids.next(), ++reading, i % 2 == 0 ? rows : otherwiseWritten(rows));
        }

        assertThat(sync(rows).getInt("unchanged")).isEqualTo(200);
        assertThat(settings.count()).as("200 and the user's own").isEqualTo(201);
        assertThat(users.count()).isEqualTo(200);
        rows.set(7, user(name + 7, "\"9.50\"", true));
        assertThat(sync(rows).getInt("applied")).isEqualTo(1);
        assertThat(settings.count()).isEqualTo(202);
        assertThat(users.count()).isEqualTo(200);
        as(admin)
                .get(path(name + 7))
                .then()
                .body("language", equalTo("ru"))
                .body("theme", equalTo("dark"))
                .body("maxDiscountPercent", equalTo("9.5"))
                .body("mayChangePrice", equalTo(true));
        eventually(() -> assertThat(events()).hasSize(202));
        assertThat(events().getLast()).contains("\"maxDiscountPercent\":\"9.5\"", "\"language\":\"ru\"");
    }

    @Test
    void anAdminsValueStaysUntilTheBackOfficeChangesThatField() {
        bring(List.of(user(name, "\"5\"", false)));
        as(admin)
                .body(settings(name).replace("\"5\"", "\"12\""))
                .put(path(name))
                .then()
                .statusCode(200);

        bring(List.of(user(name, "\"5\"", true)));

        as(admin)
                .get(path(name))
                .then()
                .body("maxDiscountPercent", equalTo("12"))
                .body("mayChangePrice", equalTo(true));
        bring(List.of(user(name, "\"6\"", true)));
        as(admin).get(path(name)).then().body("maxDiscountPercent", equalTo("6"));
    }

    @Test
    void anOlderReadingNeverUndoesANewerOne() {
        long older = ++reading;
        bring(List.of(user(name, "\"8\"", false)));

        JsonPath late = sync(older, List.of(user(name, "\"3\"", false)));

        assertThat(late.getInt("applied")).isZero();
        as(admin).get(path(name)).then().body("maxDiscountPercent", equalTo("8"));
    }

    @Test
    void eventsThatArriveAgainHaveOneEffectAndOneAnswer() {
        UUID sync = Ids.next();
        CloudEvent rows = event("settings.rows", sync);
        CloudEvent end = event("part.end", sync);
        for (int twice = 0; twice < 2; twice++) {
            send(rows, rows(sync, ++reading, List.of(user(name, "\"5\"", false))));
            send(end, end(sync, 1));
        }

        assertThat(answer(sync).getInt("applied")).isEqualTo(1);
        bring(List.of());
        assertThat(answers(sync)).hasSize(1);
        as(admin).get(path(name)).then().header("ETag", "\"1\"");
    }

    @Test
    void aBadRowRejectsItselfOnly() {
        String bad = user(name + "bad", "\"101\"", false);
        String twoMain = user(name + "two", "\"5\"", false).replace("\"main\":false", "\"main\":true");

        JsonPath answer =
                sync(List.of(user(name, "\"5\"", false), bad, twoMain, "{\"kind\":\"user\"}", "{\"id\":\"x\"}"));

        assertThat(answer.getInt("applied")).isEqualTo(1);
        assertThat(answer.getList("rejected.id")).containsExactly(name + "bad", name + "two", null, "x");
        assertThat(answer.getString("rejected[0].reason")).startsWith("maxDiscountPercent");
        as(admin).get("/api/users/" + name + "bad").then().statusCode(404);
        as(admin).get("/api/users/" + name).then().body("hasPassword", equalTo(false));
    }

    @Test
    void nameAndRoleFollowTheBackOfficeAndAnAdminStaysOne() {
        bring(List.of(user(name, "\"5\"", false)));
        bring(List.of(user(name, "\"5\"", false).replace("\"CASHIER\"", "\"ADMIN\"")));
        as(admin).get("/api/users/" + name).then().body("role", equalTo("ADMIN"));

        bring(List.of(user(name, "\"5\"", false).replace("Sotuvchi", "Nodira")));

        as(admin)
                .get("/api/users/" + name)
                .then()
                .body("role", equalTo("ADMIN"))
                .body("displayName", equalTo("Nodira"));
    }

    @Test
    void theTillsSettingsAndTheLicenceAreTakenOver() {
        bring(List.of("""
                {"kind":"device","id":"%s","settings":{"receiptHeader":"Namuna","receiptWidth":"MM58"}}""".formatted(till.deviceId())));
        as(admin)
                .get("/api/devices/" + till.deviceId() + "/settings")
                .then()
                .body("receiptHeader", equalTo("Namuna"))
                .body("receiptWidth", equalTo("MM58"))
                .body("resendSeconds", equalTo(300));

        UUID sync = Ids.next();
        send(
                event("enterprise.rows", sync),
                rows(sync, ++reading, List.of("{\"id\":\"10000001\",\"licenceUntil\":\"2031-05-06\"}"))
                        .replace("\"settings\",\"chunk\"", "\"enterprise\",\"chunk\""));
        send(event("part.end", sync), end(sync, 1).replace("settings", "enterprise"));
        assertThat(answer(sync).getInt("applied")).isEqualTo(1);
        as(admin).get("/api/enterprise").then().body("licenceUntil", equalTo("2031-05-06"));
        eventually(() -> assertThat(TopicReader.all(
                        Topics.SETTINGS,
                        one -> one.event().type().equals("enterprise.changed")
                                && one.data().contains("2031-05-06")))
                .hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"permission", "enterprise", "settings"})
    void theEndOfAnEmptyPartIsAnswered(String part) {
        UUID sync = Ids.next();
        send(
                event("part.end", sync),
                "{\"syncId\":\"" + sync + "\",\"part\":\"" + part + "\",\"chunks\":0,\"rows\":0}");
        JsonPath answer = answer(sync);
        assertThat(answer.getString("part")).isEqualTo(part);
        assertThat(answer.getInt("received")).isZero();
    }

    @Test
    void rowsReachTheirOwnEnterpriseOnly() {
        bring(List.of(user(name, "\"5\"", false)));

        as(Till.of(OTHER).accessToken("admin")).get("/api/users/" + name).then().statusCode(404);
    }

    @Test
    void whatCannotBeUnderstoodGoesToTheDeadLettersAndTheNextIsTaken() {
        CloudEvent poison = event("settings.rows", Ids.next());
        send(poison, "{broken");

        assertThat(sync(List.of(user(name, "\"5\"", false))).getInt("applied")).isEqualTo(1);
        eventually(() -> assertThat(TopicReader.all(Topics.deadLetters(Topics.SETTINGS_UPDATES), one -> poison.id()
                        .equals(one.event().id())))
                .hasSize(1));
    }

    private static String user(String login, String discount, boolean price) {
        return """
                {"kind":"user","id":"%s","name":"Sotuvchi","role":"CASHIER","settings":{"currency":"UZS",
                "warehouses":[{"id":"asosiy","main":true},{"id":"ombor-2","main":false}],
                "priceTypes":[{"id":"chakana","main":true}],"cashDesks":[{"kind":"CASH","id":"naqd"}],
                "maxDiscountPercent":%s,"mayChangePrice":%s,"maySeePurchasePrice":false}}""".formatted(login, discount, price);
    }

    /** The same, with a number instead of text, other keys first. */
    private static List<String> otherwiseWritten(List<String> rows) {
        return rows.stream()
                .map(row -> row.replace("\"5\"", "5.00")
                        .replace("{\"id\":\"asosiy\",\"main\":true}", "{\"main\":true,\"id\":\"asosiy\"}"))
                .toList();
    }

    private void bring(List<String> rows) {
        assertThat(sync(rows).getInt("received")).isEqualTo(rows.size());
    }

    private JsonPath sync(List<String> rows) {
        return sync(++reading, rows);
    }

    private static JsonPath sync(long version, List<String> rows) {
        UUID sync = Ids.next();
        send(sync, version, rows);
        return answer(sync);
    }

    private static void send(UUID sync, long version, List<String> rows) {
        send(event("settings.rows", sync), rows(sync, version, rows));
        send(event("part.end", sync), end(sync, rows.size()));
    }

    private static String rows(UUID sync, long version, List<String> rows) {
        String versioned = rows.stream()
                .map(row -> row.replaceFirst("\\{", "{\"version\":" + version + ","))
                .collect(Collectors.joining(","));
        return "{\"syncId\":\"" + sync + "\",\"part\":\"settings\",\"chunk\":1,\"rows\":[" + versioned + "]}";
    }

    private static String end(UUID sync, int rows) {
        return "{\"syncId\":\"" + sync + "\",\"part\":\"settings\",\"chunks\":1,\"rows\":" + rows + "}";
    }

    private static JsonPath answer(UUID sync) {
        eventually(() -> assertThat(answers(sync)).isNotEmpty());
        return JsonPath.from(answers(sync).getFirst());
    }

    private static List<String> answers(UUID sync) {
        return TopicReader.all(
                        Topics.SYNC,
                        one -> one.event().type().equals("sync.part-applied")
                                && sync.toString().equals(one.event().subject()))
                .stream()
                .map(TopicReader.Published::data)
                .toList();
    }

    private List<String> events() {
        return TopicReader.all(
                        Topics.SETTINGS,
                        one -> one.event().type().equals("settings.changed")
                                && one.data().contains("\"login\":\"" + name))
                .stream()
                .map(TopicReader.Published::data)
                .toList();
    }

    private String settings(String login) {
        return as(admin).get(path(login)).asString();
    }

    private static String path(String login) {
        return "/api/users/" + login + "/settings";
    }

    private static CloudEvent event(String type, UUID sync) {
        return new CloudEvent(Ids.next(), type, "test", Instant.EPOCH, sync.toString(), ONE, null);
    }

    private static void send(CloudEvent event, String data) {
        publish(Topics.SETTINGS_UPDATES, event, data);
    }
}
