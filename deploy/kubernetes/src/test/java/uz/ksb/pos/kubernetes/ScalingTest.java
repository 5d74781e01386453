package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import uz.ksb.pos.platform.event.Topics;

/** Two of every service in production, scaled by one autoscaler each. */
class ScalingTest {
    private static final Pattern GROUP = Pattern.compile("consumergroup=\"([^\"]+)\"");
    private final Overlay production = Overlay.of(Overlay.PRODUCTION);

    private Stream<Overlay.Manifest> scalers() {
        return Stream.of("HorizontalPodAutoscaler", "ScaledObject").flatMap(production::ofKind);
    }

    private static JsonNode behaviour(Overlay.Manifest scaler) {
        return scaler.kind().equals("ScaledObject")
                ? scaler.spec().at("/advanced/horizontalPodAutoscalerConfig/behavior")
                : scaler.spec().path("behavior");
    }

    @Test
    void everyDeploymentHasExactlyOneScaler() {
        assertThat(scalers()
                        .map(scaler -> scaler.spec().at("/scaleTargetRef/name").asString()))
                .containsExactlyInAnyOrderElementsOf(Project.SERVICES);
        assertThat(production.ofKind("HorizontalPodAutoscaler")).allSatisfy(scaler -> assertThat(
                        scaler.spec().at("/scaleTargetRef/kind").asString())
                .isEqualTo("Deployment"));
        assertThat(production.ofKind("ScaledObject")).isNotEmpty();
        assertThat(production.ofKind("HorizontalPodAutoscaler")).isNotEmpty();
    }

    /** A number in the Deployment would undo the scaler's at each apply. */
    @Test
    void noScaledDeploymentNamesItsReplicas() {
        assertThat(production.ofKind("Deployment"))
                .allSatisfy(deployment ->
                        assertThat(deployment.spec().has("replicas")).isFalse());
    }

    @Test
    void thereAreAtLeastTwoAndTheyGoOneByOne() {
        assertThat(scalers()).allSatisfy(scaler -> {
            String least = scaler.kind().equals("ScaledObject") ? "minReplicaCount" : "minReplicas";
            assertThat(scaler.spec().path(least).asInt()).isGreaterThanOrEqualTo(2);
            JsonNode down = behaviour(scaler).path("scaleDown");
            assertThat(down.path("stabilizationWindowSeconds").asInt()).isEqualTo(300);
            assertThat(down.at("/policies/0/value").asInt()).isEqualTo(1);
        });
    }

    @Test
    void consumersAreNotMoreThanPartitions() {
        assertThat(production.ofKind("ScaledObject")).allSatisfy(scaler -> assertThat(
                        scaler.spec().path("maxReplicaCount").asInt())
                .isLessThanOrEqualTo(Topics.PRODUCTION_PARTITIONS));
    }

    @Test
    void theLagThatIsAskedForIsThatOfAGroupOfTheService() {
        assertThat(production.ofKind("ScaledObject").flatMap(scaler -> scaler.spec()
                        .path("triggers")
                        .valueStream()
                        .flatMap(trigger -> GROUP.matcher(
                                        trigger.at("/metadata/query").asString(""))
                                .results())
                        .map(group -> List.of(scaler.name(), group.group(1)))))
                .hasSize(2)
                .allSatisfy(pair -> {
                    Properties properties = Project.properties(pair.getFirst());
                    assertThat(properties.stringPropertyNames().stream()
                                    .filter(name -> name.endsWith(".group.id"))
                                    .map(properties::getProperty))
                            .contains(pair.getLast());
                });
    }

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyDeploymentHasADisruptionBudget(Overlay overlay) {
        assertThat(Project.SERVICES).allSatisfy(service -> {
            JsonNode spec = overlay.get("PodDisruptionBudget", service).spec();
            assertThat(spec.path("maxUnavailable").asInt()).isEqualTo(1);
            assertThat(spec.at("/selector/matchLabels"))
                    .isEqualTo(overlay.get("Deployment", service).spec().at("/selector/matchLabels"));
        });
    }
}
