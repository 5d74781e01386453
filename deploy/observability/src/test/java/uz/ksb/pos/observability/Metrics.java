package uz.ksb.pos.observability;

import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.ksb.pos.kubernetes.Project;

/** The metrics with their labels: those that are listed, and those that a query names. */
final class Metrics {
    /** Prometheus adds them when it reads. */
    private static final Set<String> TARGET = Set.of("job", "instance", "pod");

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w.:])([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)}|(\\())?");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    private Metrics() {}

    /** The labels of each metric that a service or a cluster exposes, by its name. */
    static Map<String, Set<String>> listed() {
        Map<String, Set<String>> metrics = new HashMap<>();
        for (File file : Project.file("deploy/observability/metrics")
                .toFile()
                .listFiles((folder, name) -> name.endsWith(".txt"))) {
            Project.text("deploy/observability/metrics/" + file.getName())
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split("[{}]", -1);
                        metrics.computeIfAbsent(parts[0], name -> new HashSet<>())
                                .addAll(parts.length == 1 ? Set.of() : labels(parts[1]));
                    });
        }
        return metrics;
    }

    /** The labels that {@code query} uses of each metric. A label that it groups by counts for all of them. */
    static Map<String, Set<String>> namedBy(String query) {
        String plain = RANGE.matcher(TEXT.matcher(query).replaceAll("")).replaceAll("");
        Map<String, Set<String>> metrics = new HashMap<>();
        Matcher selector = SELECTOR.matcher(GROUPING.matcher(plain).replaceAll(""));
        while (selector.find()) {
            if (selector.group(3) == null && !WORDS.contains(selector.group(1))) {
                metrics.computeIfAbsent(selector.group(1), name -> new HashSet<>())
                        .addAll(selector.group(2) == null ? Set.of() : labels(selector.group(2)));
            }
        }
        GROUPING.matcher(plain).results().forEach(grouping -> metrics.values()
                .forEach(labels -> labels.addAll(labels(grouping.group(1)))));
        return metrics;
    }

    private static Set<String> labels(String list) {
        Set<String> labels = new HashSet<>();
        Arrays.stream(list.split(","))
                .map(label -> label.split("[=!]", 2)[0].strip())
                .filter(label -> !label.isEmpty() && !TARGET.contains(label))
                .forEach(labels::add);
        return labels;
    }

    /** The metrics that {@code query} names and nobody exposes or records. */
    static Stream<String> unknownIn(String query, Set<String> recorded) {
        Map<String, Set<String>> known = listed();
        return namedBy(query).entrySet().stream()
                .filter(metric -> !recorded.contains(metric.getKey()))
                .filter(metric -> !known.getOrDefault(metric.getKey(), Set.of()).containsAll(metric.getValue())
                        || !known.containsKey(metric.getKey()))
                .map(metric -> metric.getKey() + metric.getValue());
    }
}
