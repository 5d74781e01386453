package uz.ksb.pos.platform.testing;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A service exposes the metrics that alerts and dashboards name: those of its list in {@code deploy/observability/metrics}, with
 * their labels. A service has a test class that extends this one.
 */
public abstract class MetricsRules {
    /** Metrics of partitions are looked for every minute. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** A metric's name and those labels that are asked for. */
    private record Metric(String name, Set<String> labels) {
        static Metric listed(String line) {
            int labels = line.indexOf('{');
            return labels < 0
                    ? new Metric(line, Set.of())
                    : new Metric(
                            line.substring(0, labels),
                            Set.of(line.substring(labels + 1, line.length() - 1).split(",")));
        }

        static Metric exposed(String line) {
            return new Metric(
                    line.split("[{ ]", 2)[0],
                    LABEL.matcher(line).results().map(label -> label.group(1)).collect(Collectors.toSet()));
        }

        boolean isIn(List<Metric> exposed) {
            return exposed.stream().anyMatch(other -> other.name.equals(name) && other.labels.containsAll(labels));
        }
    }

    /** Does something that brings forth the metrics which are not there from the start, requests at least. */
    protected abstract void use();

    @Test
    void theListedMetricsAreExposedWithTheirLabels() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        Path service = root.getFileName();
        List<String> listed = lines(root.resolveSibling("deploy/observability/metrics/" + service + ".txt"));
        use();

        assertThat(listed).isNotEmpty();
        Eventually.within(LIMIT, () -> {
            List<Metric> exposed = Arrays.stream(
                            RestAssured.get("/q/metrics").asString().split("\n"))
                    .filter(line -> !line.startsWith("#"))
                    .map(Metric::exposed)
                    .toList();
            assertThat(listed.stream().filter(line -> !Metric.listed(line).isIn(exposed)))
                    .as(() -> "of " + exposed.stream().map(Metric::toString).collect(toCollection(TreeSet::new)))
                    .isEmpty();
        });
    }

    /** The value now of the series that begins so; the largest of several. */
    public static double value(String series) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(series))
                // An example with its own time may follow.
                .map(line -> line.split(" # ", 2)[0])
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .max()
                .orElseThrow(() -> new AssertionError(series + " is not exposed"));
    }

    private static List<String> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
