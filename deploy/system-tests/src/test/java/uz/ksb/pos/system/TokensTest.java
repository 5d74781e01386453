package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;

/** Which tokens open the doors of all services, and that no token is ever written down. */
@ExtendWith(SharedSystem.class)
class TokensTest {
    private static final String KSB_ID = "10000001";
    /** At least one of each service, and those that are no ordinary resources. */
    private static final List<String> READ = List.of(
            "/api/enterprise",
            "/api/users/me/settings",
            "/api/products?limit=1",
            "/api/product-updates/rejected",
            "/api/totals",
            "/api/sales?limit=1",
            "/api/syncs",
            "/api/live/stats");

    private static final List<String> OF_MACHINES_TOO =
            List.of("/api/enterprise", "/api/products?limit=1", "/api/product-updates/rejected");

    private static final List<String> WRITTEN = List.of("/api/product-updates", "/api/sales/batch", "/api/syncs");
    private static final List<String> SERVICES =
            List.of("settings-service", "product-service", "sales-service", "sync-service", "realtime-gateway");

    private final RunningSystem system;
    private final Api api;

    TokensTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @Test
    void forgedTokensAreRefusedByEveryServiceAndStandInNoLog() throws Exception {
        Api.Login admin = api.loggedIn(KSB_ID, "admin");
        ForgedTokens access = new ForgedTokens(system, admin.token());
        ForgedTokens device = new ForgedTokens(system, admin.deviceToken());
        List<String> seen = new ArrayList<>(List.of(admin.token(), admin.deviceToken(), system.password()));
        access.withoutTheKey().forEach((what, token) -> refused(what, token, seen));
        access.ofTheKey().forEach((what, token) -> refused(what, token, seen));
        refused("a till's own token", admin.deviceToken(), seen);
        device.withoutTheKey().forEach((what, token) -> refusedAsDevice(what, token, admin, seen));
        refusedAsDevice("an access token", admin.token(), admin, seen);

        for (String service : SERVICES) {
            assertThat(system.state().resolve("logs").resolve(service + ".log")).isNotEmptyFile();
        }
        standInNoLog(seen);
    }

    @Test
    void aMachineMayReadTheCatalogueSetRatesAndNothingElse() {
        String machine = api.backOffice(KSB_ID);

        for (String path : READ) {
            if (OF_MACHINES_TOO.contains(path)) {
                assertThat(api.get(path, machine).status()).as(path).isEqualTo(200);
            } else {
                assertProblem(path, api.get(path, machine), 403);
            }
        }
        String id = UUID.randomUUID().toString();
        assertProblem("a sale", api.put("/api/sales/" + id, machine, Map.of("id", id)), 403);
        assertProblem("a batch", api.post("/api/sales/batch", machine, List.of()), 403);
        assertProblem("a sync", api.post("/api/syncs", machine, Map.of()), 403);
        assertProblem("no rate", api.put("/api/currency-rates/USD", machine, Map.of("rate", "0")), 400);
        assertThat(closeCode(machine)).isEqualTo(4401);
    }

    private void refused(String what, String token, List<String> seen) {
        seen.add(token);
        READ.forEach(path -> assertProblem(what + " at " + path, api.get(path, token), 401));
        WRITTEN.forEach(path -> assertProblem(what + " at " + path, api.post(path, token, List.of()), 401));
        assertThat(closeCode(token)).as(what + " live").isEqualTo(4401);
    }

    private void refusedAsDevice(String what, String token, Api.Login real, List<String> seen) {
        seen.add(token);
        String refreshToken = UUID.randomUUID() + ".not-a-secret-but-long-enough-to-be-found";
        seen.add(refreshToken);
        assertProblem(what + " with a batch", api.postAsDevice("/api/sales/batch", token, List.of()), 401);
        assertProblem(
                what + " renews",
                api.postAsDevice("/api/auth/refresh", token, Map.of("refreshToken", refreshToken)),
                401);
        assertProblem(what + " logs in", api.login(KSB_ID, real.deviceId(), token, "admin", system.password()), 401);
    }

    private static void assertProblem(String what, Api.Answer answer, int status) {
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.type()).as(what).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).as(what).isEqualTo(status);
    }

    /** Each part of a token counts: the signature alone would do for whoever can guess the rest. */
    private void standInNoLog(List<String> secrets) throws IOException {
        List<String> parts = secrets.stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret), Arrays.stream(secret.split("\\.", -1))))
                .filter(part -> part.length() >= 10)
                .distinct()
                .toList();
        List<Path> logs;
        try (Stream<Path> files = Files.list(system.state().resolve("logs"))) {
            logs = files.toList();
        }
        for (Path log : logs) {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            assertThat(parts).as(log.toString()).noneMatch(text::contains);
        }
    }

    private int closeCode(String token) {
        try (LiveTill till = new LiveTill(system.portBase(), token)) {
            return till.closeCode();
        }
    }
}
