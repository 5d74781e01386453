package uz.ksb.pos.settings.device;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;
import static uz.ksb.pos.settings.Till.json;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.settings.Till;

/** The endpoints that a pending, an approved, a blocked and an unknown till reach with their device tokens. */
@QuarkusTest
class TillAbuseTest {
    private String ksbId;
    private Till approved;
    private Till pending;
    private Till blocked;
    private Till unknown;
    private final Map<Till, String> refreshTokens = new LinkedHashMap<>();

    @BeforeEach
    void oneTillOfEachKind() throws SQLException {
        ksbId = Till.newEnterprise();
        approved = Till.of(ksbId);
        String admin = approved.accessToken("admin");
        blocked = Till.of(ksbId);
        status(admin, blocked, "APPROVED");
        for (Till till : List.of(approved, blocked)) {
            refreshTokens.put(till, till.login("kassir", PASSWORD).path("refreshToken"));
        }
        status(admin, blocked, "BLOCKED");
        pending = Till.of(ksbId);
        Till foreign = Till.of(OTHER);
        unknown = new Till(ksbId, foreign.deviceId(), "1", "APPROVED", foreign.token());
    }

    @Test
    void usersAreShownToAnApprovedTillOnly() {
        expect(200, 403, 403, 401, till -> given().header("X-Device-Token", till.token())
                .get("/api/enterprises/" + ksbId + "/users"));
    }

    @Test
    void peopleLogInOnAnApprovedTillOnly() {
        expect(200, 403, 403, 401, till -> till.login("kassir", PASSWORD));
    }

    @Test
    void anAdminsLoginApprovesNoSecondTill() {
        expect(200, 403, 403, 401, till -> till.login("admin", PASSWORD));
    }

    @Test
    void sessionsGoOnOnTheirApprovedTillOnly() {
        String blockedSession = refreshTokens.get(blocked);
        String session = refreshTokens.get(approved);

        assertThat(blocked.refresh(blockedSession).statusCode()).isEqualTo(403);
        assertThat(blocked.refresh(session).statusCode()).isEqualTo(403);
        assertThat(pending.refresh(session).statusCode()).isEqualTo(403);
        assertThat(unknown.refresh(session).statusCode()).isEqualTo(401);
    }

    @Test
    void aRepeatedRegistrationNeedsTheTillsOwnToken() {
        expect(201, 201, 201, 201, till -> register(till, till.token(), ksbId(till)));
        expect(409, 409, 409, 409, till -> register(till, null, ksbId(till)));
        assertThat(register(approved, pending.token(), ksbId).statusCode()).isEqualTo(409);
    }

    @Test
    void aDeviceTokenIsNobodysAccessToken() {
        for (String path : List.of("/api/enterprise", "/api/users", "/api/devices", "/api/users/me/settings")) {
            expect(401, 401, 401, 401, till -> as(till.token()).get(path));
        }
    }

    @Test
    void forgedDeviceTokensAreUnknown() {
        String token = approved.token();
        for (String forged : List.of(
                "",
                "x",
                "a.b.c",
                token.substring(0, token.length() - 8) + "AAAAAAAA",
                "eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + ".",
                approved.accessToken("kassir"))) {
            given().header("X-Device-Token", forged)
                    .get("/api/enterprises/" + ksbId + "/users")
                    .then()
                    .statusCode(401);
        }
        Till.of(ONE).login("kassir", PASSWORD).then().statusCode(200);
    }

    private String ksbId(Till till) {
        return till.equals(unknown) ? OTHER : ksbId;
    }

    private static Response register(Till till, String token, String ksbId) {
        var request = json(Map.of("ksbId", ksbId, "deviceId", till.deviceId().toString(), "name", "Kassa"));
        return (token == null ? request : request.header("X-Device-Token", token)).post("/api/devices");
    }

    private void expect(int ofApproved, int ofPending, int ofBlocked, int ofUnknown, Function<Till, Response> call) {
        assertThat(List.of(approved, pending, blocked, unknown))
                .extracting(till -> call.apply(till).statusCode())
                .containsExactly(ofApproved, ofPending, ofBlocked, ofUnknown);
    }

    private static void status(String admin, Till till, String status) {
        as(admin)
                .body(Map.of("status", status))
                .patch("/api/devices/" + till.deviceId())
                .then()
                .statusCode(200);
    }
}
