package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import uz.ksb.pos.platform.event.Topics;

/** The one server has what the cluster has. Skipped where no docker-compose is installed; none of it needs an engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeTest {
    private static final Pattern ROUTE = Pattern.compile("(?m)^\\t@(\\S+) path (.+)$");
    private static final Pattern PLACE = Pattern.compile("reverse_proxy (\\S+):(\\d+)");
    /** Equal in meaning, but not in value: the log is encrypted in the cluster, and the moves are the gateway's alone. */
    private static final Set<String> OF_THE_CLUSTER = Set.of("KAFKA_SASL_JAAS_CONFIG", "POS_FIRST_ADMIN_LOGIN");

    private Path folder;
    private JsonNode services;
    private String subnet;

    @BeforeAll
    void read(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        assumeTrue(isInstalled(), "docker-compose or openssl is not installed");
        for (String name : List.of("docker-compose.yml", "setup")) {
            Files.copy(Project.file("deploy/compose/" + name), folder.resolve(name));
        }
        run("sh", "setup", "pos.example.uz");
        JsonNode file = Project.yaml(run("docker-compose", "-f", "docker-compose.yml", "config"))
                .getFirst();
        services = file.path("services");
        subnet = file.at("/networks/default/ipam/config/0/subnet").asString();
    }

    private boolean isInstalled() throws InterruptedException {
        try {
            return run("docker-compose", "version").contains("version")
                    && run("openssl", "version").startsWith("OpenSSL");
        } catch (IOException missing) {
            return false;
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static Set<String> names(JsonNode environment) {
        return new TreeSet<>(environment.propertyNames());
    }

    @Test
    void everyServiceIsThereWithTheClustersConfiguration() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);
        assertThat(Project.SERVICES).allSatisfy(service -> {
            Overlay.Container container = production.containers().stream()
                    .filter(one -> one.owner().name().equals(service))
                    .findFirst()
                    .orElseThrow();
            Set<String> wanted =
                    new TreeSet<>(Environment.of(container).variables().keySet());
            wanted.removeAll(OF_THE_CLUSTER);
            wanted.addAll(List.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES",
                    "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                    "POS_TRACES_ENDPOINT",
                    "POS_PRODUCTION_UNENCRYPTED_HOSTS"));
            assertThat(names(services.path(service).path("environment")))
                    .as(service)
                    .isEqualTo(wanted);
        });
    }

    /** As `./setup` leaves it, and with what is to be filled in. */
    @Test
    void theConfigurationOfEachServiceIsSafe() {
        Map<String, String> filled = Map.of(
                "POS_BACK_OFFICE_URL", "https://erp.example.uz",
                "POS_BACK_OFFICE_USER", "pos",
                "POS_BACK_OFFICE_PASSWORD", "shop-2014",
                "POS_CRM_URL", "https://crm.example.uz/hook",
                "POS_FIRST_ADMIN_KSB_ID", "10000007",
                "POS_FIRST_ADMIN_PASSWORD", "q0mY3vB7hK5cJ8sR");
        assertThat(Project.SERVICES).allSatisfy(service -> {
            Map<String, String> environment = new TreeMap<>();
            services.path(service)
                    .path("environment")
                    .forEachEntry((name, value) -> environment.put(name, value.asString("")));
            environment.replace(
                    "POS_KEYS_DIRECTORY", folder.resolve("secrets/token-keys").toString());
            assertThat(SafeConfigurationTest.unsafe(service, environment))
                    .as(service)
                    .isEmpty();
            filled.forEach(environment::replace);
            assertThat(SafeConfigurationTest.unsafe(service, environment))
                    .as(service)
                    .isEmpty();
        });
    }

    @Test
    void aServiceHasTheClustersMemoryAndNoPrivileges() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);
        assertThat(production.containers()).allSatisfy(container -> {
            JsonNode service = services.path(container.owner().name());
            long limit = Quantity.getAmountInBytes(new Quantity(
                            container.json().at("/resources/limits/memory").asString()))
                    .longValueExact();
            assertThat(bytes(service.path("mem_limit").asString())).isEqualTo(limit);
            assertThat(service.path("read_only").asBoolean(false)).isTrue();
            assertThat(service.at("/cap_drop/0").asString()).isEqualTo("ALL");
            assertThat(service.has("ports")).isFalse();
            assertThat(service.path("volumes").toString()).contains("/tmp");
        });
    }

    private static long bytes(String size) {
        if (size.matches("\\d+")) {
            return Long.parseLong(size);
        }
        long number = Long.parseLong(size.replaceAll("\\D", ""));
        return number << (size.toLowerCase().contains("g") ? 30 : 20);
    }

    @Test
    void everyPartIsBoundedAndOnlyTheProxyIsOpen() {
        assertThat(services.propertyNames()).hasSize(11);
        services.forEachEntry((name, service) -> {
            assertThat(service.has("mem_limit")).as(name).isTrue();
            assertThat(service.at("/logging/options/max-size").asString(""))
                    .as(name)
                    .matches("\\d+m");
            assertThat(service.at("/logging/options/max-file").asInt(0))
                    .as(name)
                    .isPositive();
            List<String> ports =
                    service.path("ports").valueStream().map(JsonNode::toString).toList();
            if (!name.equals("proxy")) {
                assertThat(ports).as(name).allSatisfy(port -> assertThat(port).contains("127.0.0.1"));
            }
        });
        assertThat(services.at("/proxy/ports")).hasSize(2);
    }

    @Test
    void secretsAreMadeNewAndNothingIsLeftOpen() throws IOException {
        assertThat(Files.readAllLines(folder.resolve(".env")))
                .filteredOn(line ->
                        line.matches("POS_(SETTINGS|PRODUCT|SALES|SYNC|POSTGRES|SERVICE|GRAFANA)_(PASSWORD|SECRET)=.*"))
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).matches("[A-Z_]+=[0-9a-f]{48}"))
                .doesNotHaveDuplicates();
        assertThat(Files.getPosixFilePermissions(folder.resolve(".env"))).hasSize(2);
        try (Stream<Path> keys = Files.list(folder.resolve("secrets/token-keys"))) {
            assertThat(keys).hasSize(2).allSatisfy(key -> assertThat(Files.readString(key))
                    .contains("BEGIN PRIVATE KEY", "BEGIN PUBLIC KEY"));
        }
    }

    @Test
    void topicsAreThoseOfTheCode() {
        Map<String, Duration> topics = Project.text("deploy/compose/topics.txt")
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Duration.ofMillis(Long.parseLong(words[1]))));

        assertThat(topics)
                .isEqualTo(
                        Topics.all().stream().collect(Collectors.toMap(Topics.Topic::name, Topics.Topic::retention)));
        assertThat(Project.text("deploy/compose/topics.sh"))
                .contains("--partitions " + Topics.LOCAL_PARTITIONS, "max.message.bytes=" + Topics.MAX_MESSAGE_BYTES);
        assertThat(services.at("/kafka/environment/KAFKA_MESSAGE_MAX_BYTES").asInt())
                .isEqualTo(Topics.MAX_MESSAGE_BYTES);
    }

    @Test
    void eachPathGoesWhereTheLocalProxySendsIt() {
        String caddy = Project.text("deploy/compose/Caddyfile");
        Map<String, String> routes = new TreeMap<>(Map.of("/", "realtime-gateway"));
        ROUTE.matcher(caddy).results().forEach(route -> {
            Set<String> paths = new TreeSet<>(Arrays.asList(route.group(2).split(" ")));
            List<String> exact =
                    paths.stream().filter(path -> !path.endsWith("/*")).toList();
            assertThat(paths)
                    .hasSize(2 * exact.size())
                    .containsAll(exact.stream().map(path -> path + "/*").toList());
            exact.forEach(path -> routes.put(path, route.group(1)));
        });

        assertThat(routes.remove("/q")).isEqualTo("inside");
        assertThat(routes).isEqualTo(RoutesTest.local());
        assertThat(PLACE.matcher(caddy).results().map(place -> place.group(1)))
                .containsExactlyInAnyOrderElementsOf(Project.SERVICES);
        assertThat(PLACE.matcher(caddy).results()).allSatisfy(place -> assertThat(place.group(2))
                .isEqualTo(Project.properties(place.group(1)).getProperty("quarkus.http.port")));
    }

    /** Only who asks for them gets them: nothing else needs them. */
    @Test
    void alertsAndDashboardsAreThoseOfTheProject() {
        assertThat(List.of("prometheus", "grafana")).allSatisfy(name -> {
            assertThat(services.at("/" + name + "/profiles/0").asString()).isEqualTo("observe");
            assertThat(mounted(name)).isNotEmpty().allSatisfy(file -> assertThat(file)
                    .exists());
        });
        assertThat(mounted("prometheus"))
                .contains(
                        Project.file("deploy/observability/prometheus.yml"),
                        Project.file("deploy/observability/rules.yaml"));
        assertThat(mounted("grafana")).contains(Project.file("deploy/observability/dashboards"));
        assertThat(Project.text("deploy/compose/grafana/datasources.yaml")).contains("url: http://prometheus:9090");
        assertThat(services.at("/grafana/volumes").toString())
                .contains(Project.yaml(Project.text("deploy/compose/grafana/dashboards.yaml"))
                        .getFirst()
                        .at("/providers/0/options/path")
                        .asString());
    }

    /** The project's files that a part reads: compose was read in a copy of the folder. */
    private List<Path> mounted(String name) {
        return services.at("/" + name + "/volumes")
                .valueStream()
                .map(JsonNode::asString)
                .filter(volume -> volume.endsWith(":ro"))
                .map(volume -> Path.of(volume.split(":", 2)[0]))
                .map(place -> place.startsWith(folder)
                        ? Project.file("deploy/compose").resolve(folder.relativize(place))
                        : Project.file("deploy").resolve(folder.getParent().relativize(place)))
                .toList();
    }

    @Test
    void onlyPeersOfTheOwnNetworkAreTrusted() {
        assertThat(subnet).isEqualTo("172.30.99.0/24");
        assertThat(Project.SERVICES).allSatisfy(service -> assertThat(services.path(service)
                        .at("/environment/QUARKUS_HTTP_PROXY_TRUSTED_PROXIES")
                        .asString())
                .isEqualTo(subnet));
    }
}
