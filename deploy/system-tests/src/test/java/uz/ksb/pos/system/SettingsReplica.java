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

/** A second settings-service beside that of a running system, on the same database. */
final class SettingsReplica implements AutoCloseable {
    private static final int OFFSET = 11;

    private final Process process;
    private final RunningSystem system;

    private SettingsReplica(Process process, RunningSystem system) {
        this.process = process;
        this.system = system;
    }

    static SettingsReplica beside(RunningSystem system) throws IOException {
        String database = "postgresql://127.0.0.1:%d/settings".formatted(system.portBase() + 7);
        Path jar =
                Path.of(System.getProperty("pos.root")).resolve("settings-service/target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        system.state().resolve("logs/settings-replica.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "POS_ENVIRONMENT",
                        "local",
                        "POS_PARENT_PID",
                        Long.toString(ProcessHandle.current().pid()),
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(system.portBase() + OFFSET),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        system.kafka(),
                        "POS_KEYS_DIRECTORY",
                        system.state().resolve("keys").toString(),
                        "QUARKUS_DATASOURCE_USERNAME",
                        "settings",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        password(system),
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        database,
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:" + database));
        SettingsReplica replica = new SettingsReplica(builder.start(), system);
        within(Duration.ofMinutes(2), replica::mustBeReady);
        return replica;
    }

    Api api() {
        return new Api(address(), system.password());
    }

    String address() {
        return "http://127.0.0.1:" + (system.portBase() + OFFSET);
    }

    /** To the database of both, as its owner. */
    Connection database() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/settings".formatted(system.portBase() + 7),
                "settings",
                password(system));
    }

    private static String password(RunningSystem system) throws IOException {
        Properties passwords = new Properties();
        try (var reader = Files.newBufferedReader(system.state().resolve("passwords.properties"))) {
            passwords.load(reader);
        }
        return passwords.getProperty("settings");
    }

    private void mustBeReady() throws IOException {
        HttpURLConnection asked = (HttpURLConnection)
                URI.create(address() + "/q/health/ready").toURL().openConnection();
        if (asked.getResponseCode() != 200) {
            throw new AssertionError("not ready");
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
