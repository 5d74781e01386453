package uz.ksb.pos.system;

import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A second process of a service beside that of a running system, on the same database. */
final class Replica implements AutoCloseable {
    private static final int BESIDE = 10;

    private final Process process;
    private final RunningSystem system;
    private final String database;
    private final int port;

    private Replica(Process process, RunningSystem system, String database, int port) {
        this.process = process;
        this.system = system;
        this.database = database;
        this.port = port;
    }

    static Replica ofSettings(RunningSystem system) throws IOException {
        return start(
                system,
                "settings",
                1,
                Map.of("POS_KEYS_DIRECTORY", system.state().resolve("keys").toString()));
    }

    /** @param clockOffset that of the system, as {@code PT49H} */
    static Replica ofSales(RunningSystem system, String clockOffset) throws IOException {
        return start(
                system,
                "sales",
                3,
                Map.of(
                        "POS_CLOCK_OFFSET",
                        clockOffset,
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        "http://127.0.0.1:%d/.well-known/jwks.json".formatted(system.portBase() + 1),
                        "POS_BACK_OFFICE_URL",
                        "http://127.0.0.1:" + (system.portBase() + 6),
                        "POS_BACK_OFFICE_USER",
                        "pos",
                        "POS_BACK_OFFICE_PASSWORD",
                        password(system, "back-office")));
    }

    private static Replica start(RunningSystem system, String name, int place, Map<String, String> own)
            throws IOException {
        int port = system.portBase() + BESIDE + place;
        String url = "postgresql://127.0.0.1:%d/%s".formatted(system.portBase() + 7, name);
        Path jar =
                Path.of(System.getProperty("pos.root")).resolve(name + "-service/target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        system.state().resolve("logs/" + name + "-replica.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "POS_ENVIRONMENT",
                        "local",
                        "POS_PARENT_PID",
                        Long.toString(ProcessHandle.current().pid()),
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        system.kafka(),
                        "QUARKUS_DATASOURCE_USERNAME",
                        name,
                        "QUARKUS_DATASOURCE_PASSWORD",
                        password(system, name),
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        url,
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:" + url));
        builder.environment().putAll(own);
        Replica replica = new Replica(builder.start(), system, name, port);
        within(Duration.ofMinutes(2), replica::mustBeReady);
        return replica;
    }

    Api api() {
        return new Api(address(), system.password());
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** To the database of both, as its owner. */
    Connection database() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(system.portBase() + 7, database),
                database,
                password(system, database));
    }

    private static String password(RunningSystem system, String of) throws IOException {
        Properties passwords = new Properties();
        try (var reader = Files.newBufferedReader(system.state().resolve("passwords.properties"))) {
            passwords.load(reader);
        }
        return passwords.getProperty(of);
    }

    private void mustBeReady() throws IOException {
        HttpURLConnection asked = (HttpURLConnection)
                URI.create(address() + "/q/health/ready").toURL().openConnection();
        if (asked.getResponseCode() != 200) {
            throw new AssertionError("not ready");
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
