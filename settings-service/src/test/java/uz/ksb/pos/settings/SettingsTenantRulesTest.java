package uz.ksb.pos.settings;

import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.testing.TenantRules;

/** The endpoints of settings-service with tokens that must not open them, and what a till's token opens by its status. */
@QuarkusTest
class SettingsTenantRulesTest extends TenantRules {
    private static final String LOGIN = "faqat-bizda";
    private static final String PIN = "4711";
    private static final String SETTINGS = """
            {"language":"ru","theme":"dark","currency":"UZS","warehouses":[],"priceTypes":[],"cashDesks":[],
            "mayChangePrice":true,"maySeePurchasePrice":true,"maySeeTotals":true}""";

    private final String ours = Till.newEnterprise();
    private final String theirs = Till.newEnterprise();
    private final Map<String, Till> tills = new HashMap<>();
    private String foreignToken;
    private String client;
    /** The one that shows its token. */
    private Till till;

    SettingsTenantRulesTest() throws SQLException {}

    @Override
    protected void givenSomethingEverywhere() {
        till = Till.of(ours);
        tills.put("APPROVED", till);
        String admin = till.accessToken("admin");
        tills.put("BLOCKED", Till.of(ours));
        as(admin)
                .body(Map.of("status", "BLOCKED"))
                .patch("/api/devices/" + tills.get("BLOCKED").deviceId())
                .then()
                .statusCode(200);
        tills.put("PENDING", Till.of(ours));
        Till foreign = Till.of(OTHER);
        tills.put("UNKNOWN", new Till(ours, foreign.deviceId(), "1", "APPROVED", foreign.token()));
        as(admin)
                .body(Map.of("login", LOGIN, "displayName", "Sirli", "role", "MANAGER", "password", PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(201);
        as(admin)
                .body(Map.of("pin", PIN))
                .put("/api/users/" + LOGIN + "/pin")
                .then()
                .statusCode(204);
        as(admin).body(SETTINGS).put("/api/users/" + LOGIN + "/settings").then().statusCode(200);
        client = as(admin)
                .body(Map.of("name", "sirli-mijoz"))
                .post("/api/clients")
                .path("clientId");
        foreignToken = Till.of(theirs).accessToken("admin");
    }

    @Override
    protected String ours() {
        return ours;
    }

    @Override
    protected Set<String> open() {
        return SettingsEdgeRulesTest.OPEN;
    }

    @Override
    protected String foreignToken(String endpoint) {
        return foreignToken;
    }

    @Override
    protected String tillToken(String status) {
        till = tills.get(status);
        return till.token();
    }

    @Override
    protected int answerToTill(String status, String endpoint) {
        return switch (endpoint) {
            case "GET /api/enterprises/{ksbId}" -> 200;
            case "POST /api/devices" -> 201;
            case "POST /api/auth/logout" -> 204;
            // It takes a form.
            case "POST /api/auth/token" -> 415;
            case "GET /api/enterprises/{ksbId}/users", "POST /api/auth/login" -> answer(status, 200);
            // There is no such session, and no such PIN.
            case "POST /api/auth/refresh" -> answer(status, 401);
            case "POST /api/auth/pin" -> answer(status, 422);
            default -> 401;
        };
    }

    private static int answer(String status, int toApproved) {
        return switch (status) {
            case "APPROVED" -> toApproved;
            case "UNKNOWN" -> 401;
            default -> 403;
        };
    }

    @Override
    protected String approval() {
        return as(tills.get("APPROVED").accessToken("kassir"))
                .body(Map.of("saleId", UUID.randomUUID(), "login", LOGIN, "pin", PIN))
                .post("/api/approvals")
                .then()
                .statusCode(200)
                .extract()
                .path("approval");
    }

    @Override
    protected String ours(String endpoint, String parameter) {
        return switch (parameter) {
            case "ksbId" -> ours;
            case "login" -> LOGIN;
            case "clientId" -> client;
            case "deviceId" -> tills.get("APPROVED").deviceId().toString();
            default -> null;
        };
    }

    @Override
    protected int answerToForeigner(String endpoint) {
        return switch (endpoint) {
            // A till asks for it, by its own token.
            case "GET /api/enterprises/{ksbId}/users" -> 401;
            // To remove what is not there is no error.
            case "DELETE /api/clients/{clientId}" -> 204;
            case "POST /api/approvals" -> 422;
            default -> 0;
        };
    }

    @Override
    protected Object body(String endpoint) {
        return switch (endpoint) {
            case "POST /api/devices" -> Map.of("ksbId", ours, "deviceId", till.deviceId(), "name", "Kassa");
            case "POST /api/auth/login" ->
                Map.of("ksbId", ours, "deviceId", till.deviceId(), "login", "kassir", "password", PASSWORD);
            case "POST /api/auth/pin" ->
                Map.of("ksbId", ours, "deviceId", till.deviceId(), "login", "kassir", "pin", PIN);
            case "POST /api/auth/refresh", "POST /api/auth/logout" ->
                Map.of("refreshToken", UUID.randomUUID() + ".nothing");
            case "POST /api/auth/password" -> Map.of("oldPassword", PASSWORD, "newPassword", PASSWORD);
            case "POST /api/users" -> Map.of("login", "u" + UUID.randomUUID(), "displayName", "U", "role", "CASHIER");
            case "PATCH /api/users/{login}" -> Map.of("displayName", "Boshqa");
            case "PUT /api/users/me/pin" -> Map.of("password", PASSWORD, "pin", PIN);
            case "PUT /api/users/{login}/pin" -> Map.of("pin", "4712");
            case "PUT /api/users/me/settings", "PUT /api/users/{login}/settings" ->
                SETTINGS.replace("\"ru\"", "\"en\"");
            case "PUT /api/devices/{deviceId}/settings" -> """
                {"resendSeconds":60,"timeoutSeconds":30,"receiptHeader":"","receiptFooter":"","receiptWidth":"MM58",\
                "scan":"ADDS_LINE","askQuantity":true}""";
            case "PATCH /api/devices/{deviceId}" -> Map.of("status", "BLOCKED");
            case "PATCH /api/enterprise" -> Map.of("name", "Boshqa");
            case "POST /api/clients" ->
                Map.of("name", "m" + UUID.randomUUID().toString().substring(0, 8));
            case "POST /api/approvals" ->
                Map.of("saleId", UUID.randomUUID(), "login", LOGIN, "pin", PIN, "price", true);
            case "DELETE /api/clients/{clientId}", "POST /api/auth/token" -> null;
            default -> noBody(endpoint);
        };
    }

    @Override
    protected List<String> secrets(String endpoint) {
        return List.of(LOGIN, "Sirli", client, tills.get("APPROVED").deviceId().toString());
    }

    @Override
    protected List<String> otherTables() {
        return List.of(
                "select s::text from user_settings s join users u on u.id = s.id where ksb_id = '" + ours + "'",
                "select s::text from device_settings s join devices d on d.id = s.id where ksb_id = '" + ours + "'",
                "select s::text from sessions s join users u on u.id = s.user_id where ksb_id = '" + ours + "'");
    }
}
