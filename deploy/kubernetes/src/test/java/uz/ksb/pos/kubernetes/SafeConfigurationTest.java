package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import uz.ksb.pos.platform.production.ProductionReadinessChecks;

/** A service agrees to start with the manifests' configuration as soon as their Secrets are filled. */
class SafeConfigurationTest {
    /** Where Secrets are mounted. */
    private static final String MOUNTS = "/etc/pos/";

    /** All that a service finds unsafe, or misses, in the environment that it gets. */
    static List<String> unsafe(String service, Map<String, String> environment) {
        Map<String, String> common = map(Project.properties(
                Project.file("platform/core/src/main/resources/META-INF/microprofile-config.properties")));
        return ProductionReadinessChecks.platformRules(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(common, "common", 100),
                        new PropertiesConfigSource(map(Project.properties(service)), service, 250),
                        new EnvConfigSource(environment, 300))
                .build());
    }

    private static Map<String, String> map(Properties properties) {
        Map<String, String> map = new HashMap<>();
        properties.forEach((name, value) -> map.put(name.toString(), value.toString()));
        return map;
    }

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayWithFilledSecretsIsSafe(Overlay overlay, @TempDir Path folder) throws IOException {
        assertThat(overlay.containers()).isNotEmpty();
        for (Overlay.Container container : overlay.containers()) {
            Map<String, String> environment = environment(overlay, container);
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                if (variable.getValue().startsWith(MOUNTS)) {
                    Path mounted = folder.resolve(variable.getValue().substring(MOUNTS.length()));
                    Files.createDirectories(mounted);
                    variable.setValue(mounted.toString());
                }
            }
            assertThat(unsafe(container.owner().name(), environment))
                    .as(container.toString())
                    .isEmpty();
        }
    }

    private static Map<String, String> environment(Overlay overlay, Overlay.Container container) {
        Map<String, String> environment = new HashMap<>();
        container.json().path("envFrom").forEach(from -> data(overlay, from.at("/configMapRef/name"))
                .forEachEntry((name, value) -> environment.put(name, value.asString())));
        Environment.of(container).variables().forEach((name, variable) -> {
            JsonNode map = variable.at("/valueFrom/configMapKeyRef");
            String value = variable.path("value").asString("");
            if (map.isObject()) {
                value = data(overlay, map.path("name"))
                        .path(map.path("key").asString())
                        .asString();
            } else if (value.isEmpty()) {
                value = secret(name);
            }
            environment.put(name, value);
        });
        return environment;
    }

    private static JsonNode data(Overlay overlay, JsonNode name) {
        return overlay.get("ConfigMap", name.asString()).json().path("data");
    }

    /** As the README and the operators make them. */
    private static String secret(String name) {
        String random = "9f1b44c07ad3e68d" + Integer.toHexString(name.hashCode());
        return switch (name) {
            case "KAFKA_SASL_JAAS_CONFIG" ->
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"x\" password=\"" + random
                        + "\";";
            case "POS_CRM_SECRET" -> "whsec_q0mY3vB7hK5cJ8sRw9eZ1tqXo0mY3vB7";
            case "QUARKUS_DATASOURCE_USERNAME", "POS_BACK_OFFICE_USER", "POS_FIRST_ADMIN_LOGIN" -> "pos";
            case "POS_FIRST_ADMIN_KSB_ID" -> "10000007";
            default -> random;
        };
    }

    /** All faults at once. */
    @Test
    void aServiceThatIsGivenNothingNamesAllThatItNeeds() {
        assertThat(unsafe("sales-service", Map.of()))
                .containsExactlyInAnyOrder(
                        "kafka.bootstrap.servers is missing",
                        "mp.jwt.verify.publickey.location is missing",
                        "pos.service.secret is missing",
                        "pos.services.settings-url is missing",
                        "pos.services.product-url is missing");
        assertThat(Project.SERVICES)
                .allSatisfy(service -> assertThat(unsafe(service, Map.of())).hasSizeGreaterThan(1));
    }
}
