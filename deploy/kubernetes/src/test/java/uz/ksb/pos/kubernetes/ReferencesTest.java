package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Names that one object has of another exist. */
class ReferencesTest {
    /** A row of the README's table of Secrets: {@code | `pos-tls` | `tls.crt`, `tls.key` | … |}. */
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(pos-[a-z-]+)` \\| (.+?) \\|");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern ADDRESS = Pattern.compile("(?:http|postgresql)://([a-z-]+):(\\d+)");

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    /** Secrets that an operator makes of a rendered object, and those that the README tells to make; {@code name/key}. */
    private static Set<String> knownSecrets(Overlay overlay) {
        Set<String> known = new HashSet<>();
        String prefix = overlay.get("Kafka", "pos")
                .spec()
                .at("/entityOperator/userOperator/secretPrefix")
                .asString("");
        overlay.ofKind("Kafka").forEach(kafka -> known.add(kafka.name() + "-cluster-ca-cert/ca.crt"));
        overlay.ofKind("KafkaUser").forEach(user -> known.add(prefix + user.name() + "/sasl.jaas.config"));
        overlay.ofKind("Cluster").forEach(cluster -> {
            known.add(cluster.name() + "-app/username");
            known.add(cluster.name() + "-app/password");
            known.add(cluster.name() + "-ca/ca.crt");
        });
        DOCUMENTED
                .matcher(Project.text("deploy/kubernetes/README.md"))
                .results()
                .forEach(row -> QUOTED.matcher(row.group(2))
                        .results()
                        .forEach(key -> known.add(row.group(1) + "/" + key.group(1))));
        return known;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everySecretIsMadeByAnOperatorOrByTheReader(Overlay overlay) {
        Set<String> known = knownSecrets(overlay);
        Set<String> names = known.stream().map(secret -> secret.split("/")[0]).collect(Collectors.toSet());

        assertThat(keys(overlay, "secretKeyRef")).isNotEmpty().isSubsetOf(known);
        assertThat(overlay.containers().stream()
                        .flatMap(container -> container.pod().path("volumes").valueStream())
                        .filter(volume -> volume.has("secret"))
                        .map(volume -> volume.at("/secret/secretName").asString()))
                .isNotEmpty()
                .isSubsetOf(names);
        assertThat(overlay.containers().stream()
                        .flatMap(container -> container.pod().path("volumes").valueStream())
                        .map(volume -> volume.path("secret"))
                        .flatMap(secret -> secret.path("items")
                                .valueStream()
                                .map(item -> secret.path("secretName").asString() + "/"
                                        + item.path("key").asString())))
                .isNotEmpty()
                .isSubsetOf(known);
        assertThat(overlay.ofKind("Gateway")
                        .flatMap(gateway -> gateway.spec().path("listeners").valueStream())
                        .flatMap(listener -> listener.at("/tls/certificateRefs").valueStream())
                        .map(reference -> reference.path("name").asString()))
                .isNotEmpty()
                .isSubsetOf(names);
        assertThat(overlay.ofKind("ObjectStore")
                        .flatMap(store ->
                                store.spec().at("/configuration/s3Credentials").valueStream())
                        .map(key -> key.path("name").asString() + "/"
                                + key.path("key").asString()))
                .isSubsetOf(known);
    }

    private static Stream<String> keys(Overlay overlay, String kind) {
        return overlay.containers().stream()
                .flatMap(container -> container.json().path("env").valueStream())
                .map(variable -> variable.at("/valueFrom/" + kind))
                .filter(JsonNode::isObject)
                .map(reference -> reference.path("name").asString() + "/"
                        + reference.path("key").asString());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSecretIsPartOfTheManifests(Overlay overlay) {
        assertThat(overlay.ofKind("Secret")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyConfigMapAndItsKeyExist(Overlay overlay) {
        Set<String> known = overlay.ofKind("ConfigMap")
                .flatMap(
                        map -> map.json().path("data").propertyStream().map(entry -> map.name() + "/" + entry.getKey()))
                .collect(Collectors.toSet());

        assertThat(keys(overlay, "configMapKeyRef")).isNotEmpty().isSubsetOf(known);
        assertThat(overlay.containers().stream()
                        .flatMap(container -> container.json().path("envFrom").valueStream())
                        .map(from -> from.at("/configMapRef/name").asString()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(overlay.find("ConfigMap", name)).isPresent());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyMountHasItsVolumeAndOnlyTmpIsWritable(Overlay overlay) {
        assertThat(overlay.containers()).allSatisfy(container -> {
            Set<String> volumes = container
                    .pod()
                    .path("volumes")
                    .valueStream()
                    .map(volume -> volume.path("name").asString())
                    .collect(Collectors.toSet());
            assertThat(container.json().path("volumeMounts").valueStream()).allSatisfy(mount -> {
                assertThat(volumes).contains(mount.path("name").asString());
                assertThat(mount.path("readOnly").asBoolean(false))
                        .isEqualTo(!mount.path("mountPath").asString().equals("/tmp"));
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyServiceSelectsPodsThatHaveItsPort(Overlay overlay) {
        assertThat(overlay.ofKind("Service")).isNotEmpty().allSatisfy(service -> {
            List<Overlay.Container> selected = overlay.containers().stream()
                    .filter(container -> isSelected(container, service.spec().path("selector")))
                    .toList();
            assertThat(selected).hasSize(1);
            assertThat(service.spec().path("ports").valueStream()).allSatisfy(port -> assertThat(
                            selected.getFirst().json().path("ports").valueStream())
                    .anySatisfy(own -> assertThat(own.path("name")).isEqualTo(port.path("targetPort"))));
        });
    }

    private static boolean isSelected(Overlay.Container container, JsonNode selector) {
        JsonNode labels = container.owner().spec().at("/template/metadata/labels");
        return selector.propertyStream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    /** Services, the databases' and Kafka's included: an operator names those after its cluster. */
    @ParameterizedTest
    @MethodSource("overlays")
    void everyAddressInTheEnvironmentExists(Overlay overlay) {
        Set<String> known = overlay.ofKind("Service")
                .map(service -> service.name() + ":"
                        + service.spec().at("/ports/0/port").asInt())
                .collect(Collectors.toSet());
        overlay.ofKind("Cluster").forEach(cluster -> known.add(cluster.name() + "-rw:5432"));

        assertThat(overlay.containers().stream()
                        .flatMap(container -> container.json().path("env").valueStream())
                        .map(variable -> variable.path("value").asString(""))
                        .flatMap(value -> ADDRESS.matcher(value).results())
                        .map(address -> address.group(1) + ":" + address.group(2)))
                .hasSizeGreaterThan(8)
                .isSubsetOf(known);
        Overlay.Manifest kafka = overlay.get("Kafka", "pos");
        assertThat(overlay.ofKind("ConfigMap")
                        .map(map ->
                                map.json().at("/data/KAFKA_BOOTSTRAP_SERVERS").asString(""))
                        .filter(servers -> !servers.isEmpty()))
                .containsExactly(kafka.name() + "-kafka-bootstrap:"
                        + kafka.spec().at("/kafka/listeners/0/port").asInt());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void databasesAreMadeAsTheirServicesNameThem(Overlay overlay) {
        assertThat(overlay.ofKind("Cluster")).hasSize(4).allSatisfy(cluster -> {
            String name = cluster.spec().at("/bootstrap/initdb/database").asString();
            Overlay.Container service = overlay.containers().stream()
                    .filter(container -> container.owner().name().equals(name + "-service"))
                    .findFirst()
                    .orElseThrow();
            String address = "postgresql://" + cluster.name() + "-rw:5432/" + name + "?sslmode=verify-full";
            String authority = ProductionTest.data(overlay, "pos-environment")
                    .path("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS")
                    .asString();
            assertThat(Environment.of(service).value("QUARKUS_DATASOURCE_REACTIVE_URL"))
                    .contains(address);
            assertThat(Environment.of(service).value("QUARKUS_DATASOURCE_JDBC_URL"))
                    .contains("jdbc:" + address + "&sslrootcert=" + authority);
            assertThat(service.json().path("volumeMounts").valueStream()).anySatisfy(mount -> assertThat(authority)
                    .startsWith(mount.path("mountPath").asString() + "/"));
            assertThat(service.pod().path("volumes").findValuesAsString("secretName"))
                    .contains(cluster.name() + "-ca");
            assertThat(cluster.spec()
                            .at("/bootstrap/initdb/postInitApplicationSQL/0")
                            .asString())
                    .as("as the local launcher sets it")
                    .isEqualTo("alter role %s set transaction_timeout = '10s'".formatted(name));
            assertThat(cluster.spec()
                            .at("/postgresql/parameters/log_error_verbosity")
                            .asString())
                    .as("no values of rows in the log")
                    .isEqualTo("terse");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPolicyOfTheProxyHasItsTarget(Overlay overlay) {
        Stream<JsonNode> targets = Stream.of("UpstreamSettingsPolicy", "ClientSettingsPolicy", "ProxySettingsPolicy")
                .flatMap(overlay::ofKind)
                .flatMap(policy -> Stream.concat(
                        policy.spec().path("targetRefs").valueStream(),
                        Stream.of(policy.spec().path("targetRef"))))
                .filter(JsonNode::isObject);
        assertThat(targets).hasSize(4).allSatisfy(target -> assertThat(overlay.find(
                        target.path("kind").asString(), target.path("name").asString()))
                .isPresent());
    }
}
