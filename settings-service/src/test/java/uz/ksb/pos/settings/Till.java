package uz.ksb.pos.settings;

import static io.restassured.RestAssured.given;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A till as the service sees one: registered, and able to log someone in. */
public record Till(String ksbId, UUID deviceId, String code, String status, String token) {
    public static final String PASSWORD = "sample-password";
    public static final String ONE = "10000001";
    public static final String OTHER = "10000002";

    /** A new till of the enterprise. */
    public static Till of(String ksbId) {
        UUID deviceId = UUID.randomUUID();
        Response answer = register(ksbId, deviceId);
        answer.then().statusCode(201);
        return new Till(ksbId, deviceId, answer.path("code"), answer.path("status"), answer.path("deviceToken"));
    }

    public static Response register(String ksbId, UUID deviceId) {
        return json(Map.of("ksbId", ksbId, "deviceId", deviceId.toString(), "name", "Kassa"))
                .header("X-Forwarded-For", anyAddress())
                .post("/api/devices");
    }

    /** An enterprise that approves by hand, with the users of the sample. */
    public static String newEnterprise() {
        String ksbId = Integer.toString(ThreadLocalRandom.current().nextInt(20_000_000, 90_000_000));
        execute("insert into enterprises (ksb_id, name) values ('" + ksbId + "', 'N')", """
                insert into users (id, user_id, ksb_id, login, login_key, display_name, role, password_hash)
                select gen_random_uuid(), gen_random_uuid(), '%s', login, login_key, display_name, role, password_hash
                from users where ksb_id = '10000001' and login in ('admin', 'kassir')""".formatted(ksbId));
        return ksbId;
    }

    public Response login(String login, String password) {
        return json(Map.of("ksbId", ksbId, "deviceId", deviceId.toString(), "login", login, "password", password))
                .header("X-Device-Token", token)
                .post("/api/auth/login");
    }

    /** Few tills of one address may wait for approval. */
    private static String anyAddress() {
        return "10.%d.%d.%d".formatted(part(), part(), part());
    }

    private static int part() {
        return ThreadLocalRandom.current().nextInt(4, 250);
    }

    /** The access token of someone with the sample password. */
    public String accessToken(String login) {
        Response answer = login(login, PASSWORD);
        answer.then().statusCode(200);
        return answer.path("accessToken");
    }

    public Response refresh(String refreshToken) {
        return json(Map.of("refreshToken", refreshToken))
                .header("X-Device-Token", token)
                .post("/api/auth/refresh");
    }

    public static RequestSpecification json(Object body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    /** A request with this bearer token. */
    public static RequestSpecification as(String accessToken) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + accessToken);
    }
}
