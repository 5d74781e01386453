package uz.ksb.pos.system;

import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import uz.ksb.pos.till.Api;

/** A second process of a service beside that of a running system, with the same settings and on the same database. */
final class Replica implements AutoCloseable {
    private static final int BESIDE = 10;

    private final Process process;
    private final RunningSystem system;
    private final int port;

    private Replica(Process process, RunningSystem system, int port) {
        this.process = process;
        this.system = system;
        this.port = port;
    }

    /** @param service such as {@code sales-service} */
    static Replica of(RunningSystem system, String service) throws IOException {
        return of(system, service, Map.of());
    }

    /** @param other settings that it has instead */
    static Replica of(RunningSystem system, String service, Map<String, String> other) throws IOException {
        Replica replica = started(system, service, other);
        within(Duration.ofMinutes(2), replica::mustBeReady);
        return replica;
    }

    /** One that may never be ready. */
    static Replica started(RunningSystem system, String service, Map<String, String> other) throws IOException {
        Map<String, String> settings = settings(system.state().resolve("run/" + service + ".env"));
        int port = Integer.parseInt(settings.get("QUARKUS_HTTP_PORT")) + BESIDE;
        Path jar =
                Path.of(System.getProperty("pos.root")).resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(system.state()
                        .resolve("logs/" + service + "-replica.log")
                        .toFile());
        builder.environment().putAll(settings);
        builder.environment().putAll(other);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment()
                .put("POS_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        return new Replica(builder.start(), system, port);
    }

    /** The lines {@code NAME='value'} that the launcher wrote. */
    private static Map<String, String> settings(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].substring(1, pair[1].length() - 1)));
    }

    Api api() {
        return new Api(address(), system.password());
    }

    int port() {
        return port;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    private void mustBeReady() throws IOException {
        HttpURLConnection asked = (HttpURLConnection)
                URI.create(address() + "/q/health/ready").toURL().openConnection();
        if (asked.getResponseCode() != 200) {
            throw new AssertionError("not ready");
        }
    }

    /** @return what it ended with by itself */
    int ending() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("it goes on");
        }
        return process.exitValue();
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
