package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian's Prometheus, reading a running system and evaluating the project's alerts every second. A minute of the rules is a second
 * here, an hour ten and three days two minutes: of how long something must last, and of the windows over which it is taken. Limits
 * are as they are, and promtool tries the rules with their own times.
 */
final class Prometheus implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("pos.root"));
    private static final Pattern MINUTES = Pattern.compile("(?<=for: |\\[)(\\d+)m\\b");
    private static final Pattern HOURS = Pattern.compile("(?<=for: |\\[)(\\d+)h\\b");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Process process;

    private Prometheus(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Skips the test where it is not installed. */
    static Prometheus reading(RunningSystem system) throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus"))),
                "prometheus is not installed (Debian: apt-get install prometheus)");
        Path folder = Files.createTempDirectory(system.state(), "prometheus-");
        String rules = Files.readString(ROOT.resolve("deploy/observability/rules.yaml"))
                .replace("[3d]", "[12h]")
                // Within half a minute no process is started again so often.
                .replace("realtime-gateway\"}[30m]", "realtime-gateway\"}[120m]");
        Files.writeString(
                folder.resolve("rules.yaml"),
                HOURS.matcher(MINUTES.matcher(rules).replaceAll("$1s")).replaceAll("$10s"));
        Files.writeString(folder.resolve("prometheus.yml"), configuration(system));
        int port = RunningSystem.freePortBase();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(folder, port, process);
    }

    private static String configuration(RunningSystem system) throws IOException {
        String configuration = Files.readString(ROOT.resolve("deploy/observability/prometheus.yml"))
                .replaceAll("_interval: 15s", "_interval: 1s\n  scrape_timeout: 1s")
                .replaceFirst("(evaluation_interval: 1s)\n  scrape_timeout: 1s", "$1");
        Map<String, Integer> places = Map.of(
                "settings-service:8081", 1,
                "product-service:8082", 2,
                "sales-service:8083", 3,
                "sync-service:8084", 4,
                "realtime-gateway:8085", 5);
        for (Map.Entry<String, Integer> place : places.entrySet()) {
            configuration =
                    configuration.replace(place.getKey(), "127.0.0.1:" + (system.portBase() + place.getValue()));
        }
        return configuration;
    }

    /** Reads a second process of a service too. */
    void alsoRead(String service, int port) throws IOException, InterruptedException {
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceFirst(
                                "(job_name: " + service + "\n.*\n.*targets: \\[)", "$1\"127.0.0.1:" + port + "\", "));
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
    }

    /** The alerts that fire now, each with the job that it names, if any. */
    Set<String> firing() throws IOException, InterruptedException {
        Set<String> firing = new TreeSet<>();
        for (JsonNode alert : ask("alerts").at("/data/alerts")) {
            if (alert.path("state").asText().equals("firing")) {
                JsonNode labels = alert.path("labels");
                firing.add((labels.path("alertname").asText() + " "
                                + labels.path("job").asText(""))
                        .strip());
            }
        }
        return firing;
    }

    /** The state of each target, by its job. */
    Map<String, String> targets() throws IOException, InterruptedException {
        Map<String, String> targets = new TreeMap<>();
        for (JsonNode target : ask("targets").at("/data/activeTargets")) {
            targets.put(
                    target.at("/labels/job").asText(),
                    target.path("health").asText() + target.path("lastError").asText());
        }
        return targets;
    }

    /** The queries of all panels. */
    static List<String> queriesOfDashboards() throws IOException {
        List<String> queries = new ArrayList<>();
        try (DirectoryStream<Path> dashboards =
                Files.newDirectoryStream(ROOT.resolve("deploy/observability/dashboards"), "*.json")) {
            for (Path dashboard : dashboards) {
                JSON.readTree(dashboard.toFile()).findValues("expr").forEach(query -> queries.add(query.asText()));
            }
        }
        return queries;
    }

    /** The number of series that a query finds now. Fails when it cannot be evaluated. */
    int series(String query) throws IOException, InterruptedException {
        JsonNode answer = ask("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.path("status").asText()).as(query).isEqualTo("success");
        return answer.at("/data/result").size();
    }

    private JsonNode ask(String what) throws IOException, InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
                .build();
        return JSON.readTree(
                http.send(question, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly();
    }
}
