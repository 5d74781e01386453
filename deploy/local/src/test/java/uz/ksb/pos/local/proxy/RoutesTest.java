package uz.ksb.pos.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private final Routes routes = Routes.load();

    @ParameterizedTest
    @CsvSource({
        "/api/enterprises/10000001, settings-service",
        "/api/enterprise, settings-service",
        "/api/auth/login, settings-service",
        "/api/approvals, settings-service",
        "/.well-known/jwks.json, settings-service",
        "/api/products, product-service",
        "/api/products/changes, product-service",
        "/api/product-updates, product-service",
        "/api/currency-rates/USD, product-service",
        "/api/sales/batch, sales-service",
        "/api/totals, sales-service",
        "/api/customers/1/movements, sales-service",
        "/api/syncs, sync-service",
        "/api/crm-notifications, sync-service",
        "/, realtime-gateway",
        "/ws, realtime-gateway",
        "/socket.io/, realtime-gateway",
        "/api/live/stats, realtime-gateway",
        "/api/salesmen, realtime-gateway",
        "/quiet, realtime-gateway"
    })
    void eachPathGoesToItsService(String path, String service) {
        assertThat(routes.serviceFor(path)).contains(service);
    }

    /** The documents of the services' APIs, as the till's types are made of them. */
    @ParameterizedTest
    @ValueSource(strings = {"settings", "product", "sales", "sync"})
    void eachPathOfAnApiGoesToItsService(String name) throws IOException {
        String document = Files.readString(Path.of("../../realtime-gateway/src/main/webui/api/" + name + ".json"));
        Set<String> paths = new JsonObject(document).getJsonObject("paths").fieldNames();
        assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(routes.serviceFor(path.replaceAll("[{}]", "")))
                .as(path)
                .contains(name + "-service"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q",
                "/q/metrics",
                "//q/metrics",
                "/%71/metrics",
                "/./q/health",
                "/api/sales/../../q/metrics",
                "/api/sales/%2e%2e/%2E%2E/q/metrics",
                "q/metrics",
                ""
            })
    void whatIsInsideTheClusterCannotBeReachedBySpellingItOtherwise(String path) {
        assertThat(routes.serviceFor(path)).isEmpty();
    }
}
