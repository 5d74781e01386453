package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.till.Api;

/** The offer of {@code ./pos up}: an address, sample enterprises, logins, and the doors that stay shut. */
@ExtendWith(SharedSystem.class)
class StartTest {

    private final RunningSystem system;
    private final Api api;

    StartTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @Test
    void theLauncherTellsAddressLoginsAndPassword() {
        assertThat(system.launcher().output())
                .contains("http://localhost:" + system.portBase())
                .contains("10000001", "10000002", "kassir", "menejer", "admin", system.password());
    }

    @ParameterizedTest
    @CsvSource({
        "10000001, admin, ADMIN", "10000001, menejer, MANAGER", "10000001, kassir, CASHIER",
        "10000002, admin, ADMIN", "10000002, menejer, MANAGER", "10000002, kassir, CASHIER"
    })
    void everySampleUserLogsInAtANewTill(String ksbId, String login, String role) {
        String claims = claims(api.loggedIn(ksbId, login).token());

        assertThat(claims).contains(ksbId, role, login);
    }

    @Test
    void aWrongPasswordIsRefusedAsAProblem() {
        String device = UUID.randomUUID().toString();
        String deviceToken = api.registerDevice("10000001", device)
                .json()
                .path("deviceToken")
                .asText();

        Api.Answer answer = api.login("10000001", device, deviceToken, "kassir", "wrong");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.type()).startsWith("application/problem+json");
    }

    @Test
    void theSampleShopHasItsProducts() {
        String token = api.loggedIn("10000001", "kassir").token();

        assertThat(api.get("/api/products/count", token).body()).contains("300");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/users/me/settings",
                "/api/products?limit=1",
                "/api/reference/units",
                "/api/totals",
                "/api/sales?limit=1",
                "/api/customers/count"
            })
    void theOneOriginLeadsToEachServiceAndOnlyWithAToken(String path) {
        assertThat(api.get(path, null).status()).isEqualTo(401);
        assertThat(api.get(path, api.loggedIn("10000001", "menejer").token()).status())
                .isEqualTo(200);
    }

    @Test
    void theServicesInnerPathsAreNotReachable() {
        assertThat(api.get("/q/health/ready", null).status()).isEqualTo(404);
        assertThat(api.get("/q/metrics", null).status()).isEqualTo(404);
    }

    @Test
    void anotherEnterprisesSaleDoesNotExist() {
        String id = UUID.randomUUID().toString();
        String ours = api.loggedIn("10000001", "kassir").token();
        Map<String, Object> sale =
                Map.of("id", id, "revision", 0, "kind", "SALE", "currency", "UZS", "lines", List.of());

        assertThat(api.put("/api/sales/" + id, ours, sale).status()).isBetween(200, 201);

        assertThat(api.get("/api/sales/" + id, ours).status()).isEqualTo(200);
        for (String login : List.of("kassir", "menejer", "admin")) {
            String foreign = api.loggedIn("10000002", login).token();
            assertThat(api.get("/api/sales/" + id, foreign).status()).isEqualTo(404);
        }
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
