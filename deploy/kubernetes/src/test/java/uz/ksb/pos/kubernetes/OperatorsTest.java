package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The pods that operators make of our objects: brokers, databases, proxies. */
class OperatorsTest {
    private static final String HOST = "kubernetes.io/hostname";
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(patches:.+?)```");
    private static final String STORE = "platform/store/src/main/resources/META-INF/microprofile-config.properties";
    /** Of PostgreSQL's connections: superuser_reserved_connections, and what the operator asks and copies by. */
    private static final int RESERVED = 10;

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    private static Stream<JsonNode> spread(JsonNode pod) {
        return pod.path("topologySpreadConstraints")
                .valueStream()
                .filter(constraint -> constraint.path("topologyKey").asString().equals(HOST));
    }

    /** A machine that breaks takes one of three at most. */
    @ParameterizedTest
    @MethodSource("overlays")
    void noTwoBrokersOrReplicasShareAMachine(Overlay overlay) {
        assertThat(overlay.ofKind("KafkaNodePool")).isNotEmpty().allSatisfy(pool -> assertThat(
                        spread(pool.spec().at("/template/pod")))
                .singleElement()
                .satisfies(constraint -> {
                    assertThat(constraint.path("whenUnsatisfiable").asString()).isEqualTo("DoNotSchedule");
                    assertThat(constraint
                                    .at("/labelSelector/matchLabels/strimzi.io~1pool-name")
                                    .asString())
                            .isEqualTo(pool.name());
                }));
        assertThat(overlay.ofKind("Cluster")).isNotEmpty().allSatisfy(cluster -> {
            JsonNode affinity = cluster.spec().path("affinity");
            assertThat(affinity.path("enablePodAntiAffinity").asBoolean()).isTrue();
            assertThat(affinity.path("podAntiAffinityType").asString()).isEqualTo("required");
            assertThat(affinity.path("topologyKey").asString()).isEqualTo(HOST);
        });
        assertThat(overlay.ofKind("NginxProxy")).isNotEmpty().allSatisfy(proxy -> assertThat(
                        spread(proxy.spec().at("/kubernetes/deployment/pod")))
                .hasSize(1));
    }

    /** CloudNativePG's budget wants the primary to stay, and a single instance has nobody to take its place. */
    @ParameterizedTest
    @MethodSource("overlays")
    void aSingleInstanceHoldsUpNoDrain(Overlay overlay) {
        assertThat(overlay.ofKind("Cluster")).allSatisfy(cluster -> assertThat(
                        cluster.spec().path("enablePDB").asBoolean(true))
                .isEqualTo(cluster.spec().path("instances").asInt() > 1));
    }

    /** nginx by itself starts a process for each of the machine's processors, each with room for all connections. */
    @ParameterizedTest
    @MethodSource("overlays")
    void aProxyHasAProcessForEachOfItsProcessorsAndEndsLast(Overlay overlay) {
        assertThat(overlay.ofKind("NginxProxy")).isNotEmpty().allSatisfy(proxy -> {
            JsonNode container = proxy.spec().at("/kubernetes/deployment/container");
            assertThat(proxy.spec().path("workerProcesses").asInt())
                    .isEqualTo(container.at("/resources/limits/cpu").asInt());
            assertThat(proxy.spec().path("workerRlimitNofile").asInt())
                    .isGreaterThan(proxy.spec().path("workerConnections").asInt());
            assertThat(container.at("/resources/limits/ephemeral-storage").asString(""))
                    .isNotEmpty();
            assertThat(proxy.spec()
                            .at("/kubernetes/deployment/pod/terminationGracePeriodSeconds")
                            .asInt())
                    .isGreaterThanOrEqualTo(
                            container.at("/lifecycle/preStop/sleep/seconds").asInt(99) + 30);
        });
    }

    /** As the README tells: the example is rendered as it stands there. */
    @Test
    void aDatabaseIsRestoredFromItsBackupBesideItsOldLog() throws IOException {
        Matcher example = EXAMPLE.matcher(Project.text("deploy/kubernetes/README.md"));
        assertThat(example.find()).isTrue();
        Path folder = Files.createDirectories(Project.file("deploy/kubernetes/target/restored"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [../../overlays/production]
                """ + example.group(1));
        Overlay.Manifest restored = Overlay.of("../target/restored").get("Cluster", "sales-postgres");

        assertThat(CrdSchemas.load().faults(restored)).isEmpty();
        assertThat(restored.spec().path("bootstrap").propertyNames()).containsExactly("recovery");
        JsonNode source = restored.spec().at("/externalClusters/0");
        assertThat(source.path("name")).isEqualTo(restored.spec().at("/bootstrap/recovery/source"));
        JsonNode plugin = restored.spec().at("/plugins/0");
        assertThat(source.at("/plugin/name")).isEqualTo(plugin.path("name"));
        assertThat(source.at("/plugin/parameters/barmanObjectName"))
                .isEqualTo(plugin.at("/parameters/barmanObjectName"));
        assertThat(source.at("/plugin/parameters/serverName").asString()).isEqualTo(restored.name());
        assertThat(plugin.at("/parameters/serverName").asString()).isNotEmpty().isNotEqualTo(restored.name());
    }

    /** All replicas that a scaler may make, and the one more of a rollout. */
    @Test
    void allReplicasFindConnectionsToTheirDatabase() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);
        Properties common = Project.properties(Project.file(STORE));
        assertThat(production.ofKind("Cluster")).hasSize(4).allSatisfy(cluster -> {
            String service = cluster.name().replace("postgres", "service");
            Properties properties = new Properties(common);
            properties.putAll(Project.properties(service));
            int replicas = 1
                    + Stream.of("HorizontalPodAutoscaler/maxReplicas", "ScaledObject/maxReplicaCount")
                            .map(scaler -> scaler.split("/"))
                            .mapToInt(scaler -> production
                                    .find(scaler[0], service)
                                    .map(found -> found.spec().path(scaler[1]).asInt())
                                    .orElse(0))
                            .sum();
            int each = Integer.parseInt(properties.getProperty("quarkus.datasource.reactive.max-size"))
                    + Integer.parseInt(properties.getProperty("quarkus.datasource.jdbc.max-size"))
                    // The relay's own.
                    + 1;
            assertThat(replicas * each + RESERVED)
                    .as(service)
                    .isLessThanOrEqualTo(cluster.spec()
                            .at("/postgresql/parameters/max_connections")
                            .asInt());
        });
    }
}
