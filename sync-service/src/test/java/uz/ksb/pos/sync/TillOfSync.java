package uz.ksb.pos.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

/** A till of an enterprise of its own. */
public record TillOfSync(String ksbId, String device) {

    public static TillOfSync another() {
        int number = Math.abs(UUID.randomUUID().hashCode() % 10_000_000);
        return new TillOfSync("1%07d".formatted(number), UUID.randomUUID().toString());
    }

    public SimulatedBackOffice office() {
        return new SimulatedBackOffice(ksbId);
    }

    private String token() {
        return Tokens.of(ksbId, Role.CASHIER).with(Claims.DEVICE_ID, device).sign();
    }

    /** Presses the button. */
    public String start() {
        return given().auth()
                .oauth2(token())
                .contentType("application/json")
                .body("{}")
                .post("/api/syncs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    public JsonPath sync(String id) {
        return given().auth()
                .oauth2(token())
                .get("/api/syncs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public List<JsonPath> syncs() {
        JsonPath page = given().auth().oauth2(token()).get("/api/syncs").jsonPath();
        return page.getList("items.id", String.class).stream().map(this::sync).toList();
    }

    public void cancel(String id) {
        String status = given().auth()
                .oauth2(token())
                .delete("/api/syncs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("status");
        assertThat(status).isEqualTo("CANCELLED");
    }

    public JsonPath ended(String id, String status) {
        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo(status));
        return sync(id);
    }

    public static String part(String part, String field) {
        return "parts.find { it.part == '" + part + "' }." + field;
    }

    /** How many rows of a kind each request confirmed. */
    public List<Integer> confirmed(String object) {
        return office().confirmations()
                .getList("confirmations.findAll { it.rows." + object + " != null }.rows." + object, Integer.class);
    }

    /** The events about a run, in their order. */
    public List<TopicReader.Published> events(String sync) {
        return TopicReader.all(Topics.SYNC, one -> sync.equals(one.event().subject()));
    }
}
