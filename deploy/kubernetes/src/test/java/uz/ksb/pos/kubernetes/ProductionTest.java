package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each service has what it needs in production, and nothing is open. */
class ProductionTest {
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|JAAS_CONFIG)");

    static List<Overlay.Container> containers() {
        return Overlay.all().flatMap(overlay -> overlay.containers().stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void secretsComeByReference(Overlay.Container container) {
        Environment environment = Environment.of(container);
        assertThat(environment.variables().keySet().stream()
                        .filter(name -> SECRET.matcher(name).matches()))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(environment.secret(name)).as(name).isPresent());
    }

    @ParameterizedTest
    @MethodSource("containers")
    void nothingIsAsOnADevelopersMachine(Overlay.Container container) {
        assertThat(Environment.of(container).variables().keySet())
                .doesNotContain("POS_ENVIRONMENT", "POS_SAMPLE_DATA", "POS_CLOCK_OFFSET");
        assertThat(container.pod().path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void everyServiceHasWhatTheLauncherGivesIt(Overlay.Container container) {
        String service = container.owner().name();
        Set<String> names = Environment.of(container).variables().keySet();
        assertThat(names).contains("KAFKA_SASL_JAAS_CONFIG");
        if (!service.equals("settings-service")) {
            assertThat(names).contains("MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        }
        switch (service) {
            case "settings-service" ->
                assertThat(names).contains("POS_KEYS_DIRECTORY", "POS_SERVICE_SECRET", "POS_BACK_OFFICE_PASSWORD");
            case "product-service" -> assertThat(names).contains("QUARKUS_DATASOURCE_PASSWORD");
            case "sales-service" ->
                assertThat(names)
                        .contains(
                                "POS_SERVICE_SECRET",
                                "POS_SERVICES_SETTINGS_URL",
                                "POS_SERVICES_PRODUCT_URL",
                                "POS_BACK_OFFICE_PASSWORD");
            case "sync-service" ->
                assertThat(names).contains("POS_BACK_OFFICE_PASSWORD", "POS_CRM_URL", "POS_CRM_SECRET");
            default ->
                assertThat(names)
                        .contains(
                                "POS_SERVICES_SETTINGS_URL",
                                "POS_SERVICES_PRODUCT_URL",
                                "POS_SERVICES_SALES_URL",
                                "POS_LIVE_CONNECTION_MOVE_WITHIN");
        }
    }

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    static JsonNode data(Overlay overlay, String prefix) {
        return overlay.ofKind("ConfigMap")
                .filter(map -> map.name().startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .json()
                .path("data");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void keysAndOtherSystemsAreReachedByHttps(Overlay overlay) {
        assertThat(data(overlay, "pos-addresses").valueStream())
                .hasSize(4)
                .allSatisfy(address -> assertThat(address.asString()).startsWith("https://"));
        String host = overlay.get("HTTPRoute", "pos").spec().at("/hostnames/0").asString();
        assertThat(data(overlay, "pos-addresses").path("jwks").asString())
                .isEqualTo("https://" + host + "/.well-known/jwks.json");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void kafkaIsEncryptedAndKnowsWhoComes(Overlay overlay) {
        JsonNode environment = data(overlay, "pos-environment");
        assertThat(environment.path("KAFKA_SECURITY_PROTOCOL").asString()).isEqualTo("SASL_SSL");
        assertThat(environment.path("KAFKA_SASL_MECHANISM").asString()).isEqualTo("SCRAM-SHA-512");
        assertThat(overlay.get("Kafka", "pos").spec().at("/kafka/listeners").valueStream())
                .allSatisfy(listener -> {
                    assertThat(listener.path("tls").asBoolean()).isTrue();
                    assertThat(listener.at("/authentication/type").asString()).isEqualTo("scram-sha-512");
                });
        assertThat(overlay.containers()).allSatisfy(container -> assertThat(
                        container.json().path("volumeMounts").valueStream())
                .anySatisfy(mount -> assertThat(environment
                                .path("KAFKA_SSL_TRUSTSTORE_LOCATION")
                                .asString())
                        .startsWith(mount.path("mountPath").asString() + "/")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothingMayTalkUnlessAPolicySaysSo(Overlay overlay) {
        JsonNode deny = overlay.get("NetworkPolicy", "default-deny").spec();
        assertThat(deny.path("podSelector").size()).isZero();
        assertThat(deny.path("policyTypes").valueStream().map(JsonNode::asString))
                .containsExactly("Ingress", "Egress");
        assertThat(deny.has("ingress") || deny.has("egress")).isFalse();
    }

    /** A policy that selects no pod, or lets in none, was meant for another label. */
    @ParameterizedTest
    @MethodSource("overlays")
    void policiesNameServicesThatExist(Overlay overlay) {
        Set<String> named = overlay.ofKind("NetworkPolicy")
                .flatMap(policy -> policy.json().findValuesAsString("app.kubernetes.io/name").stream())
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(Set.copyOf(Project.SERVICES));
        Set<String> clusters = overlay.ofKind("NetworkPolicy")
                .flatMap(policy -> policy.json().findValuesAsString("cnpg.io/cluster").stream())
                .collect(Collectors.toSet());
        assertThat(clusters)
                .isEqualTo(overlay.ofKind("Cluster").map(Overlay.Manifest::name).collect(Collectors.toSet()));
    }

    /** A service may call the addresses that it is given, and those let it in. */
    @ParameterizedTest
    @MethodSource("overlays")
    void callsBetweenServicesAreAllowedOnBothSides(Overlay overlay) {
        for (Overlay.Container container : overlay.containers()) {
            String caller = container.owner().name();
            Environment.of(container).variables().forEach((name, variable) -> {
                if (name.startsWith("POS_SERVICES_")) {
                    String callee = variable.path("value").asString().replaceAll("http://|:\\d+", "");
                    assertThat(overlay.get("NetworkPolicy", caller + "-calls")
                                    .json()
                                    .findValuesAsString("app.kubernetes.io/name"))
                            .contains(callee);
                    assertThat(overlay.get("NetworkPolicy", callee + "-callers")
                                    .json()
                                    .findValuesAsString("app.kubernetes.io/name"))
                            .contains(caller);
                }
            });
        }
    }

    @Test
    void everyDatabaseIsBackedUpEveryNight() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);
        assertThat(production.ofKind("Cluster")).hasSize(4).allSatisfy(cluster -> {
            assertThat(cluster.spec().path("instances").asInt()).isEqualTo(3);
            assertThat(cluster.spec().at("/postgresql/synchronous/number").asInt())
                    .isEqualTo(1);
            assertThat(cluster.spec().at("/plugins/0/isWALArchiver").asBoolean())
                    .isTrue();
            assertThat(production.find(
                            "ObjectStore",
                            cluster.spec()
                                    .at("/plugins/0/parameters/barmanObjectName")
                                    .asString()))
                    .isPresent();
            JsonNode backup = production.get("ScheduledBackup", cluster.name()).spec();
            assertThat(backup.at("/cluster/name").asString()).isEqualTo(cluster.name());
            assertThat(backup.path("immediate").asBoolean(false)).isTrue();
            assertThat(backup.path("schedule").asString()).as("seconds first").matches("0 \\d+ 22 \\* \\* \\*");
        });
    }

    @Test
    void prometheusReadsEveryServiceOnce() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);
        JsonNode labels = production.get("ServiceMonitor", "services").spec().at("/selector/matchLabels");
        assertThat(production.ofKind("Service").filter(service -> labels.propertyStream()
                        .allMatch(label -> label.getValue()
                                .equals(service.json().at("/metadata/labels").path(label.getKey())))))
                .extracting(Overlay.Manifest::name)
                .containsExactlyInAnyOrderElementsOf(Project.SERVICES);
    }
}
