package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import uz.ksb.pos.kubernetes.Environment;
import uz.ksb.pos.kubernetes.Overlay;
import uz.ksb.pos.kubernetes.Project;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.embedded.EmbeddedPostgres;
import uz.ksb.pos.platform.testing.Eventually;

/**
 * Each service starts as its image on Kubernetes does: the image's command and user, folders that are only read, the memory of
 * the limit, and the production overlay's configuration, but for the places of database, Kafka and keys. The database speaks TLS by
 * an authority of its own, as the operator's does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(OS.LINUX)
class ImageTest {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final String PASSWORD = "only-of-this-test-7f3a";
    private static final List<String> SERVICES = Project.SERVICES;
    /** Where a service finds the certificate of its database's authority. */
    private static final String AUTHORITY = "/etc/pos/postgres-ca/ca.crt";
    /** Kafka in this process tells each of its steps. */
    private static final Logger LOG = Logger.getLogger("");

    private final int portBase = RunningSystem.freePortBase();
    private final Overlay production = Overlay.of(Overlay.PRODUCTION);

    private Path folder;
    private EmbeddedPostgres postgres;
    private EmbeddedKafka kafka;

    @BeforeAll
    void startStores(@TempDir Path temporary)
            throws SQLException, IOException, GeneralSecurityException, InterruptedException {
        folder = temporary;
        LOG.setLevel(Level.WARNING);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Settings(
                folder.resolve("postgres"), portBase + 7, PASSWORD, false, folder.resolve("postgres.log")));
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), portBase + 8, portBase + 9);
        kafka.createTopics(1);
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String name : List.of("settings", "product", "sales", "sync")) {
                statement.execute("create role %s login password '%s'".formatted(name, PASSWORD));
                statement.execute("create database %1$s owner %1$s".formatted(name));
            }
            encrypt(statement);
        }
        for (String purpose : List.of("access", "device")) {
            Path keys = Files.createDirectories(folder.resolve("keys"));
            Files.writeString(keys.resolve(purpose + "-20260101T0000Z.pem"), key());
        }
    }

    /** The server's certificate is its own authority. Services are let in by TLS only. */
    private void encrypt(Statement statement) throws SQLException, IOException, InterruptedException {
        Path data = folder.resolve("postgres");
        Path certificate = folder.resolve("ca.crt");
        Path key = data.resolve("server.key");
        run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=postgres"
                + " -addext subjectAltName=IP:127.0.0.1 -keyout " + key + " -out " + certificate);
        Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        run("chown --reference=" + data.resolve("PG_VERSION") + " " + key);
        Path rules = data.resolve("pg_hba.conf");
        Files.writeString(rules, "hostnossl all postgres all scram-sha-256\nhostssl all all all scram-sha-256\n");
        statement.execute("alter system set ssl_cert_file = '" + certificate + "'");
        statement.execute("alter system set ssl_key_file = '" + key + "'");
        statement.execute("alter system set ssl = on");
        statement.execute("select pg_reload_conf()");
    }

    private static void run(String command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command.split(" "))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .as(command)
                .isZero();
    }

    private static String key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return block("PRIVATE KEY", pair.getPrivate().getEncoded())
                + block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(content));
    }

    @AfterAll
    void stopStores() {
        if (kafka != null) {
            kafka.stop();
        }
        if (postgres != null) {
            postgres.stop(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void startsAsOnKubernetesAndEndsWhenAsked(String service) throws IOException, InterruptedException {
        Overlay.Container container = container(service);
        ServiceImage image = new ServiceImage(service, folder.resolve(service));
        Map<Path, Long> before = image.files();
        Path log = folder.resolve(service + ".log");
        Process process = image.process(environment(container))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            awaitReady(process, port(container), log);
            if (!service.equals("realtime-gateway")) {
                Eventually.within(
                        START_LIMIT, () -> assertThat(encryptedRelays(service)).isOne());
            }

            long used = memory(process);
            System.out.printf("%s: %d MB after its start, of %d MB%n", service, used >> 20, limit(container) >> 20);
            assertThat(used).isLessThan(limit(container));
            if (ServiceImage.isRoot()) {
                assertThat(status(process, "Uid")).startsWith(image.user() + "\t");
            }
            assertThat(image.files()).isEqualTo(before);
        } finally {
            process.destroy();
        }
        int grace = container.pod().path("terminationGracePeriodSeconds").asInt();
        assertThat(process.waitFor(grace, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(143);
    }

    /** A relay has a connection of its own, beside the pool that readiness asks. */
    private long encryptedRelays(String service) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery("select count(*) from pg_stat_activity join pg_stat_ssl using (pid)"
                                + " where ssl and application_name = '" + service + " outbox relay'")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** In another folder than that of the training, by another user. A JVM that must use its cache ends where it cannot. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    @Tag("long")
    void takesTheCacheOfATraining(String service) throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 25, "skipped: this JDK keeps no profiles");
        train();
        Overlay.Container container = container(service);
        Map<String, String> variables = environment(container);
        variables.merge("JAVA_TOOL_OPTIONS", " -XX:AOTMode=on", String::concat);
        Path log = folder.resolve(service + "-trained.log");
        Process process = new ServiceImage(service, folder.resolve(service + "-trained"))
                .process(variables)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            awaitReady(process, port(container), log);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void train() throws InterruptedException {
        if (SERVICES.stream()
                .allMatch(service -> Files.exists(Project.file(service + "/target/quarkus-app/app.aot")))) {
            return;
        }
        PosCommand training = PosCommand.start(
                folder.resolve("training"),
                List.of("train", "--port-base", Integer.toString(RunningSystem.freePortBase())),
                Map.of("POS_JAVA_OPTIONS", ""));
        assertThat(training.exit(Duration.ofMinutes(10))).as(training::output).isZero();
    }

    /** Both at once: whoever reads the line need not start again for the next one. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void refusesWrongAndMissingSecretsByTheirNames(String service) throws IOException, InterruptedException {
        Overlay.Container container = container(service);
        ServiceImage image = new ServiceImage(service, folder.resolve(service + "-unsafe"));
        Set<String> secrets = secrets(container);
        Map<String, String> known = environment(container);
        secrets.forEach(name -> known.put(name, name.contains("JAAS") ? "x password=\"changeme\";" : "changeme"));
        known.replace("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "http://settings-service:8081/.well-known/jwks.json");
        Map<String, String> without = environment(container);
        without.keySet().removeAll(secrets);
        without.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        without.remove("MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        Set<String> named = new TreeSet<>(secrets);
        if (known.containsKey("MP_JWT_VERIFY_PUBLICKEY_LOCATION")) {
            named.add("MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        }

        assertThat(refusal(image, known)).contains(properties(named));
        assertThat(refusal(image, without)).contains(properties(named));

        Map<String, String> careless = environment(container);
        secrets.forEach(name -> careless.put(name, PASSWORD + "\n"));
        careless.putAll(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "MP_JWT_VERIFY_ISSUER", "HTTP://localhost:8080",
                "MP_JWT_VERIFY_AUDIENCES", "",
                "KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "",
                "POS_SAMPLE_DATA", "yes",
                "QUARKUS_HTTP_CORS_ORIGINS", "*",
                "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "0.0.0.0/0"));
        List<String> settings = new ArrayList<>(List.of(
                "kafka.ssl.truststore.location",
                "mp.jwt.verify.issuer",
                "mp.jwt.verify.audiences",
                "kafka.ssl.endpoint.identification.algorithm",
                "pos.sample.data",
                "quarkus.http.cors.origins",
                "quarkus.http.proxy.trusted-proxies"));
        settings.addAll(List.of(properties(
                secrets.stream().filter(name -> !name.contains("JAAS")).collect(Collectors.toSet()))));
        assertThat(refusal(image, careless)).contains(settings).doesNotContain(PASSWORD);
    }

    /** Or whatever misses its setting first would speak for itself, and of itself alone. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void namesAllThatItNeedsWhenItIsGivenNothing(String service) throws IOException, InterruptedException {
        // Hibernate asks for it before anything else, and names it, but nothing beside it.
        Map<String, String> given = service.equals("settings-service")
                ? Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1/settings")
                : Map.of();
        List<String> needed = new ArrayList<>(List.of("kafka.bootstrap.servers"));
        if (!service.equals("realtime-gateway")) {
            List.of("jdbc.url", "username", "password").forEach(name -> needed.add("quarkus.datasource." + name));
        }
        needed.addAll(
                switch (service) {
                    case "settings-service" -> List.of("pos.keys.directory", "pos.service.secret");
                    case "sales-service" ->
                        List.of("pos.service.secret", "pos.services.settings-url", "pos.services.product-url");
                    case "realtime-gateway" -> List.of("pos.services.sales-url");
                    default -> List.of("mp.jwt.verify.publickey.location");
                });

        ServiceImage image = new ServiceImage(service, folder.resolve(service + "-bare"));

        assertThat(refusal(image, given))
                .contains(needed.stream().map(name -> name + " is missing").toList());
    }

    private String refusal(ServiceImage image, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "refusal", ".log");
        Process process = image.process(environment)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(log)
                .lines()
                .filter(line -> line.contains("Refusing to start in production"))
                .findFirst()
                .orElseGet(() -> "no refusal in " + log);
    }

    private static Set<String> secrets(Overlay.Container container) {
        Set<String> secrets = new TreeSet<>();
        Environment.of(container).variables().forEach((name, variable) -> {
            boolean needed =
                    !variable.at("/valueFrom/secretKeyRef/name").asString("").isEmpty()
                            && !variable.at("/valueFrom/secretKeyRef/optional").asBoolean(false);
            if (needed && !name.matches(".*USER(NAME)?")) {
                secrets.add(name);
            }
        });
        return secrets;
    }

    /** The names of settings, as they stand in the documentation. */
    private static String[] properties(Set<String> variables) {
        return variables.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.').replace("back.office", "back-office"))
                .toArray(String[]::new);
    }

    private Overlay.Container container(String service) {
        return production.containers().stream()
                .filter(one -> one.owner().name().equals(service))
                .findFirst()
                .orElseThrow();
    }

    /** The container's own variables, those of its ConfigMaps, and the places of this test. */
    private Map<String, String> environment(Overlay.Container container) {
        String service = container.owner().name();
        Map<String, String> variables = new HashMap<>();
        container.json().path("envFrom").forEach(from -> production
                .get("ConfigMap", from.at("/configMapRef/name").asString())
                .json()
                .path("data")
                .forEachEntry((name, value) -> variables.put(name, value.asString())));
        Environment own = Environment.of(container);
        own.variables().forEach((name, variable) -> {
            String map = variable.at("/valueFrom/configMapKeyRef/name").asString("");
            String key = variable.at("/valueFrom/configMapKeyRef/key").asString("");
            if (!map.isEmpty()) {
                variables.put(
                        name,
                        production
                                .get("ConfigMap", map)
                                .json()
                                .path("data")
                                .path(key)
                                .asString());
            } else if (!variable.at("/valueFrom/secretKeyRef/optional").asBoolean(false)) {
                variables.put(name, own.value(name).orElseGet(() -> secret(name)));
            }
        });
        String database = service.replace("-service", "");
        variables.replace("QUARKUS_DATASOURCE_USERNAME", database);
        variables.replaceAll((name, value) -> value.replace(
                        AUTHORITY, folder.resolve("ca.crt").toString())
                .replaceFirst("//[a-z]+-postgres-rw:5432/", "//127.0.0.1:" + postgres.port() + "/"));
        variables.replace("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        variables.replace("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT");
        variables.replace("POS_KEYS_DIRECTORY", folder.resolve("keys").toString());
        variables.replace(
                "POS_CRM_SECRET",
                "whsec_" + Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)));
        variables.replace(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                "http://127.0.0.1:%d/.well-known/jwks.json".formatted(portBase + 1));
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port(container)));
        // The memory that a JVM sees in a container.
        variables.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + limit(container));
        return variables;
    }

    /** Each its own: two that are equal would be refused. */
    private static String secret(String name) {
        return name.startsWith("QUARKUS_DATASOURCE") ? PASSWORD : PASSWORD + name.hashCode();
    }

    private int port(Overlay.Container container) {
        return portBase + 1 + SERVICES.indexOf(container.owner().name());
    }

    private static long limit(Overlay.Container container) {
        return Quantity.getAmountInBytes(new Quantity(
                        container.json().at("/resources/limits/memory").asString()))
                .longValueExact();
    }

    private static void awaitReady(Process process, int port, Path log) throws IOException {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Eventually.within(START_LIMIT, () -> {
                if (process.isAlive()) {
                    assertThat(http.send(question, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                            .isEqualTo(200);
                }
            });
        }
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    }

    /** Resident memory in bytes. */
    private static long memory(Process process) throws IOException {
        return Long.parseLong(status(process, "VmRSS").replaceAll("\\D", "")) * 1024;
    }

    private static String status(Process process, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
