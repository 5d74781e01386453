package uz.ksb.pos.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.testing.Eventually;

/** A Kafka and two gateway nodes as processes, without the services beside them. */
final class LiveNodes implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Path ROOT = Path.of(System.getProperty("pos.root"));

    private final Path folder;
    private final String publicKey;
    private final int portBase = RunningSystem.freePortBase();
    private final Process kafka;
    private final Process[] nodes = new Process[2];

    LiveNodes(Path folder, String publicKey) throws IOException {
        this.folder = folder;
        this.publicKey = publicKey;
        Path local = ROOT.resolve("deploy/local/target");
        kafka = java(
                "kafka",
                List.of(
                        "-cp",
                        local.resolve("classes") + ":" + local.resolve("lib") + "/*",
                        "uz.ksb.pos.platform.embedded.EmbeddedKafka",
                        folder.resolve("kafka").toString(),
                        Integer.toString(portBase + 8),
                        Integer.toString(portBase + 9)));
        start(0);
        start(1);
        awaitReady(0);
        awaitReady(1);
    }

    String kafka() {
        return "127.0.0.1:" + (portBase + 8);
    }

    int port(int node) {
        return portBase + 5 + 10 * node;
    }

    void start(int node) throws IOException {
        nodes[node] = java(
                "node-" + node,
                List.of(
                        "-Dquarkus.http.port=" + port(node),
                        "-Dkafka.bootstrap.servers=" + kafka(),
                        "-Dpos.environment=local",
                        "-Dmp.jwt.verify.publickey=" + publicKey,
                        "-jar",
                        ROOT.resolve("realtime-gateway/target/quarkus-app/quarkus-run.jar")
                                .toString()));
    }

    void awaitReady(int node) {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(node) + "/q/health/ready"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Eventually.within(START_LIMIT, () -> {
                if (http.send(question, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
                    throw new AssertionError("not ready");
                }
            });
        }
    }

    /** kill -9 */
    void kill(int node) throws InterruptedException {
        nodes[node].destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits for the end. */
    void stop(int node) throws InterruptedException {
        nodes[node].destroy();
        nodes[node].waitFor();
    }

    private Process java(String name, List<String> rest) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(rest);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    @Override
    public void close() {
        for (Process node : nodes) {
            node.destroyForcibly();
        }
        kafka.destroyForcibly();
    }
}
