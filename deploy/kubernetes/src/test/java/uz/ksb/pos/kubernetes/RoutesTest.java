package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The Gateway routes as the local proxy does. */
class RoutesTest {
    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    /** {@code path prefix -> service}, as the local proxy has it. */
    static Map<String, String> local() {
        Map<String, String> routes = new TreeMap<>();
        Project.text("deploy/local/src/main/resources/uz/ksb/pos/local/proxy/routes.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.strip().split("\\s+"))
                .forEach(words -> Stream.of(words).skip(1).forEach(prefix -> routes.put(prefix, words[0])));
        return routes;
    }

    private static Stream<JsonNode> rules(Overlay overlay) {
        return overlay.ofKind("HTTPRoute")
                .filter(route -> !route.name().equals("to-https"))
                .flatMap(route -> route.spec().path("rules").valueStream());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void eachPathGoesWhereTheLocalProxySendsIt(Overlay overlay) {
        Map<String, String> routes = new TreeMap<>();
        rules(overlay).forEach(rule -> rule.path("matches").forEach(match -> {
            assertThat(match.at("/path/type").asString()).isEqualTo("PathPrefix");
            routes.put(
                    match.at("/path/value").asString(),
                    rule.at("/backendRefs/0/name").asString("-"));
        }));

        assertThat(routes.remove("/q")).as("inside the cluster only").isEqualTo("-");
        assertThat(routes.remove("/socket.io")).isEqualTo("realtime-gateway-socketio");
        assertThat(routes).isEqualTo(local());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyBackendExistsWithItsPort(Overlay overlay) {
        assertThat(rules(overlay).flatMap(rule -> rule.path("backendRefs").valueStream()))
                .hasSizeGreaterThan(5)
                .allSatisfy(backend -> assertThat(
                                overlay.get("Service", backend.path("name").asString())
                                        .spec()
                                        .at("/ports/0/port"))
                        .isEqualTo(backend.path("port")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsInsideTheClusterIsNotAnswered(Overlay overlay) {
        assertThat(rules(overlay)
                        .filter(rule ->
                                rule.at("/matches/0/path/value").asString().equals("/q")))
                .singleElement()
                .satisfies(rule -> assertThat(rule.at("/filters/0/requestRedirect/path/replaceFullPath")
                                .asString())
                        .isEqualTo("/"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void onlySocketIoIsHashedByAddress(Overlay overlay) {
        assertThat(overlay.ofKind("UpstreamSettingsPolicy")).singleElement().satisfies(policy -> {
            assertThat(policy.spec().path("targetRefs")).singleElement().satisfies(target -> assertThat(
                            target.path("name").asString())
                    .isEqualTo("realtime-gateway-socketio"));
            assertThat(policy.spec().path("loadBalancingMethod").asString()).isEqualTo("hash consistent");
            assertThat(policy.spec().path("hashMethodKey").asString()).isEqualTo("$remote_addr");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyRouteIsOfTheGatewayAndEncrypted(Overlay overlay) {
        Overlay.Manifest gateway = overlay.get("Gateway", "pos");
        assertThat(gateway.spec().path("listeners").valueStream().map(listener -> listener.path("protocol")
                        .asString()))
                .containsExactly("HTTP", "HTTPS");
        assertThat(overlay.ofKind("HTTPRoute")).hasSize(4).allSatisfy(route -> assertThat(
                        route.spec().at("/parentRefs/0/sectionName").asString())
                .isEqualTo(route.name().equals("to-https") ? "http" : "https"));
    }
}
