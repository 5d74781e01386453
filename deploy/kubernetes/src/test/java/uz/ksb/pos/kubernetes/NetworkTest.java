package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Policies and monitors select pods that exist, and name ports that those listen on. */
class NetworkTest {
    /** Names, the cluster's API (two ports), https to other systems, a collector of traces. */
    private static final Set<String> OUTSIDE = Set.of("53", "443", "6443", "4318");

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    /** Pods with the same labels, and all names and numbers of their ports. */
    private record Pods(Map<String, String> labels, Set<String> ports) {
        boolean isSelectedBy(JsonNode selector) {
            return selector.path("matchLabels")
                            .propertyStream()
                            .allMatch(label -> label.getValue().asString().equals(labels.get(label.getKey())))
                    && selector.path("matchExpressions").valueStream().allMatch(expression -> {
                        assertThat(expression.path("operator").asString()).isEqualTo("Exists");
                        return labels.containsKey(expression.path("key").asString());
                    });
        }
    }

    /** Our own, and those that an operator makes of a rendered object. */
    private static List<Pods> pods(Overlay overlay) {
        List<Pods> pods = new ArrayList<>();
        overlay.containers().forEach(container -> {
            Set<String> ports = new HashSet<>();
            container.json().path("ports").forEach(port -> {
                ports.add(port.path("name").asString());
                ports.add(port.path("containerPort").asString());
            });
            pods.add(new Pods(labels(container.owner().spec().at("/template/metadata/labels")), ports));
        });
        overlay.ofKind("Kafka").forEach(kafka -> {
            Set<String> ports = numbers(kafka.spec().at("/kafka/listeners"));
            ports.addAll(Set.of("9404", "tcp-prometheus"));
            pods.add(new Pods(Map.of("strimzi.io/cluster", kafka.name()), ports));
        });
        overlay.ofKind("Cluster")
                .forEach(cluster -> pods.add(new Pods(
                        Map.of("cnpg.io/cluster", cluster.name()), Set.of("5432", "8000", "9187", "metrics"))));
        overlay.ofKind("Gateway").forEach(gateway -> {
            Set<String> ports = numbers(gateway.spec().path("listeners"));
            ports.add("9113");
            pods.add(new Pods(Map.of("gateway.networking.k8s.io/gateway-name", gateway.name()), ports));
        });
        return pods;
    }

    private static Set<String> numbers(JsonNode listeners) {
        return listeners
                .valueStream()
                .map(listener -> listener.path("port").asString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> map = new HashMap<>();
        labels.forEachEntry((name, value) -> map.put(name, value.asString()));
        return map;
    }

    private static List<Pods> selected(Overlay overlay, JsonNode selector) {
        return pods(overlay).stream()
                .filter(pods -> pods.isSelectedBy(selector))
                .toList();
    }

    private static Stream<JsonNode> rules(Overlay.Manifest policy, String direction) {
        return policy.spec().path(direction).valueStream();
    }

    private static Set<String> ports(JsonNode rule) {
        return numbers(rule.path("ports"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPolicySelectsPodsThatExist(Overlay overlay) {
        assertThat(overlay.ofKind("NetworkPolicy")).hasSizeGreaterThan(10).allSatisfy(policy -> {
            assertThat(selected(overlay, policy.spec().path("podSelector"))).isNotEmpty();
            Stream.of("ingress", "egress")
                    .flatMap(direction -> rules(policy, direction))
                    .flatMap(rule -> Stream.of("from", "to")
                            .flatMap(peers -> rule.path(peers).valueStream()))
                    .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                    .forEach(peer -> assertThat(selected(overlay, peer.path("podSelector")))
                            .as(peer.toString())
                            .isNotEmpty());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPortOfAPolicyIsListenedOn(Overlay overlay) {
        assertThat(overlay.ofKind("NetworkPolicy")).allSatisfy(policy -> {
            rules(policy, "ingress")
                    .forEach(rule -> assertThat(selected(overlay, policy.spec().path("podSelector")))
                            .allSatisfy(pods ->
                                    assertThat(ports(rule)).as(rule.toString()).isSubsetOf(pods.ports())));
            rules(policy, "egress").forEach(rule -> rule.path("to").forEach(peer -> {
                if (peer.has("podSelector")) {
                    assertThat(selected(overlay, peer.path("podSelector")))
                            .allSatisfy(pods ->
                                    assertThat(ports(rule)).as(rule.toString()).isSubsetOf(pods.ports()));
                } else {
                    assertThat(ports(rule)).as(rule.toString()).isSubsetOf(OUTSIDE);
                }
            }));
        });
    }

    @Test
    void everyMonitorReadsAPortThatItMayReach() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);
        assertThat(production.ofKind("ServiceMonitor")).isNotEmpty().allSatisfy(monitor -> assertThat(
                        production.ofKind("Service").filter(service -> new Pods(
                                        labels(service.json().at("/metadata/labels")), Set.of())
                                .isSelectedBy(monitor.spec().path("selector"))))
                .isNotEmpty()
                .allSatisfy(service -> {
                    JsonNode endpoint = monitor.spec().at("/endpoints/0");
                    assertThat(service.spec().at("/ports/0/name")).isEqualTo(endpoint.path("port"));
                    assertThat(labels(service.json().at("/metadata/labels")).keySet())
                            .containsAll(monitor.spec()
                                    .path("targetLabels")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .toList());
                    assertMayBeRead(
                            production,
                            endpoint.path("port").asString(),
                            labels(service.spec().path("selector")));
                }));
        assertThat(production.ofKind("PodMonitor")).hasSize(2).allSatisfy(monitor -> {
            String port = monitor.spec().at("/podMetricsEndpoints/0/port").asString();
            assertThat(selected(production, monitor.spec().path("selector")))
                    .isNotEmpty()
                    .allSatisfy(pods -> {
                        assertThat(pods.ports()).contains(port);
                        assertMayBeRead(production, port, pods.labels());
                    });
        });
    }

    private static void assertMayBeRead(Overlay overlay, String port, Map<String, String> labels) {
        // The names that operators give to these.
        String number = Map.of("tcp-prometheus", "9404", "metrics", "9187").getOrDefault(port, port);
        Pods read = pods(overlay).stream()
                .filter(pods -> pods.labels().entrySet().containsAll(labels.entrySet()))
                .findFirst()
                .orElseThrow();
        assertThat(overlay.ofKind("NetworkPolicy")
                        .filter(policy -> read.isSelectedBy(policy.spec().path("podSelector")))
                        .flatMap(policy -> rules(policy, "ingress"))
                        .filter(rule -> rule.path("from").toString().contains("\"monitoring\"")))
                .as("for Prometheus: " + labels)
                .anySatisfy(rule -> assertThat(ports(rule)).contains(number));
    }

    /** As the README says it is added to an overlay. */
    @Test
    void tracesGoToTheirCollector() throws IOException {
        Path folder = Files.createDirectories(Project.file("deploy/kubernetes/target/traced"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [../../overlays/production]
                components: [../../components/tracing]
                """);
        Overlay traced = Overlay.of("../target/traced");

        assertThat(traced.ofKind("ConfigMap")
                        .map(map -> map.json().at("/data/POS_TRACES_ENDPOINT").asString(""))
                        .filter(endpoint -> !endpoint.isEmpty()))
                .containsExactly("http://collector.monitoring:4318");
        assertThat(rules(traced.get("NetworkPolicy", "services-traces"), "egress")
                        .flatMap(rule -> ports(rule).stream()))
                .containsExactly("4318");
        assertThat(selected(
                        traced,
                        traced.get("NetworkPolicy", "services-traces").spec().path("podSelector")))
                .hasSameSizeAs(Project.SERVICES);
        assertThat(traced.objects().stream().filter(KubernetesModel::knows))
                .allSatisfy(object -> assertThat(KubernetesModel.faults(object)).isEmpty());
    }
}
