package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every container is watched, bounded, unprivileged, and ends in peace. */
class ContainersTest {
    private static final Pattern GIGABYTES = Pattern.compile("@WithDefault\\(\"(\\d+)G\"\\)\\s+MemorySize maxOnDisk");
    private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    static List<Overlay.Container> containers() {
        return Overlay.all().flatMap(overlay -> overlay.containers().stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyServiceHasADeploymentOfItsImage(Overlay overlay) {
        assertThat(Project.SERVICES).allSatisfy(service -> {
            Overlay.Manifest deployment = overlay.get("Deployment", service);
            assertThat(deployment.spec().at("/template/spec/containers/0/image").asString())
                    .startsWith("ksb-pos/" + service + ":");
        });
        assertThat(overlay.ofKind("Deployment")).hasSameSizeAs(Project.SERVICES);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerHasAllThreeProbes(Overlay.Container container) {
        assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe")).allSatisfy(probe -> {
            JsonNode http = container.json().at("/" + probe + "/httpGet");
            assertThat(http.path("port").asString()).as(probe).isEqualTo("http");
            assertThat(http.path("path").asString()).as(probe).startsWith("/q/health/");
        });
        assertThat(container.json().at("/startupProbe/httpGet/path").asString()).endsWith("/started");
        assertThat(container.json().at("/livenessProbe/httpGet/path").asString())
                .endsWith("/live");
        assertThat(container.json().at("/readinessProbe/httpGet/path").asString())
                .endsWith("/ready");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aRolloutWaitsAsLongAsAStartMayTake(Overlay.Container container) {
        JsonNode probe = container.json().path("startupProbe");
        assertThat(container.owner().spec().path("progressDeadlineSeconds").asInt(600))
                .isGreaterThan(probe.path("periodSeconds").asInt()
                        * probe.path("failureThreshold").asInt());
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerListensOnThePortOfItsService(Overlay.Container container) {
        String service = container.owner().name();
        assertThat(container.json().at("/ports/0/containerPort").asInt())
                .isEqualTo(Integer.parseInt(Project.properties(service).getProperty("quarkus.http.port")));
    }

    /** Kubernetes ends a container that keeps more in a volume than its limit. */
    @ParameterizedTest
    @MethodSource("containers")
    void deltasAreGivenUpBeforeTheirVolumeIsFull(Overlay.Container container) throws IOException {
        Matcher deltas = GIGABYTES.matcher(
                Project.text("platform/ksb-merp/src/main/java/uz/ksb/pos/platform/ksbmerp/KsbMerpConfig.java"));
        assertThat(deltas.find()).isTrue();
        String limit = container
                .pod()
                .path("volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString().equals("tmp"))
                .map(volume -> volume.at("/emptyDir/sizeLimit").asString())
                .findFirst()
                .orElseThrow();

        // Large bodies are there, too.
        assertThat(Quantity.getAmountInBytes(new Quantity(limit)).longValue())
                .isGreaterThanOrEqualTo((Long.parseLong(deltas.group(1)) + 1) << 30);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerHasRequestsAndLimits(Overlay.Container container) {
        JsonNode resources = container.json().path("resources");
        for (String kind : List.of("requests", "limits")) {
            assertThat(resources.at("/" + kind + "/cpu").asString("")).as(kind).isNotEmpty();
            assertThat(resources.at("/" + kind + "/memory").asString(""))
                    .as(kind)
                    .isNotEmpty();
        }
        assertThat(bytes(resources.at("/requests/memory")))
                .as("a JVM takes all of its memory sooner or later")
                .isEqualTo(bytes(resources.at("/limits/memory")));
    }

    private static long bytes(JsonNode quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity.asString())).longValueExact();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerHasNoPrivileges(Overlay.Container container) {
        JsonNode pod = container.pod().path("securityContext");
        JsonNode own = container.json().path("securityContext");
        assertThat(pod.path("runAsNonRoot").asBoolean(false)).isTrue();
        assertThat(pod.path("runAsUser").asInt(0)).isPositive();
        assertThat(pod.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        assertThat(own.path("readOnlyRootFilesystem").asBoolean(false)).isTrue();
        assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(own.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
        assertThat(container.pod().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
    }

    /** The image of all services says the same user, so that files of volumes are theirs. */
    @ParameterizedTest
    @MethodSource("containers")
    void aContainerRunsAsTheUserOfTheImage(Overlay.Container container) {
        JsonNode pod = container.pod().path("securityContext");
        assertThat(Project.text("deploy/images/Dockerfile"))
                .contains("USER %d:%d"
                        .formatted(
                                pod.path("runAsUser").asInt(),
                                pod.path("runAsGroup").asInt()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aNamespaceAllowsRestrictedPodsOnly(Overlay overlay) {
        assertThat(overlay.ofKind("Namespace")).singleElement().satisfies(namespace -> assertThat(namespace
                        .json()
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asString())
                .isEqualTo("restricted"));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void theProxiesHearOfTheEndBeforeItListensNoMore(Overlay.Container container) {
        assertThat(container.json().at("/lifecycle/preStop/sleep/seconds").asInt(0))
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void thereIsTimeForThePlannedMovesAndTheRest(Overlay.Container container) {
        int grace = container.pod().path("terminationGracePeriodSeconds").asInt();
        int pause = container.json().at("/lifecycle/preStop/sleep/seconds").asInt();
        int moves = Environment.of(container)
                .value("POS_LIVE_CONNECTION_MOVE_WITHIN")
                .map(ContainersTest::seconds)
                .orElse(0);
        assertThat(grace).isGreaterThanOrEqualTo(pause + moves + 15);
    }

    private static int seconds(String duration) {
        Matcher matcher = SECONDS.matcher(duration);
        assertThat(matcher.matches()).as(duration).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aRolloutTakesOneAtATime(Overlay overlay) {
        assertThat(overlay.ofKind("Deployment")).allSatisfy(deployment -> {
            JsonNode rolling = deployment.spec().at("/strategy/rollingUpdate");
            assertThat(rolling.path("maxUnavailable").asInt(-1)).isZero();
            assertThat(rolling.path("maxSurge").asInt()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @MethodSource("containers")
    void replicasAreSpreadOverNodesAndZones(Overlay.Container container) {
        assertThat(container.pod().path("topologySpreadConstraints").valueStream())
                .extracting(constraint -> constraint.path("topologyKey").asString())
                .contains("kubernetes.io/hostname", "topology.kubernetes.io/zone");
    }
}
