package uz.ksb.pos.benchmarks.stack;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Processor time of each part of a stack until now, by the name of the part. */
public record PartTimes(Map<String, Duration> byPart) {
    public static final String POSTGRESQL = "PostgreSQL";
    private static final Pattern SERVICE = Pattern.compile("([a-z-]+)/target/(?:quarkus-app|classes)");

    static PartTimes of(Stream<ProcessHandle> processes) {
        Map<String, Duration> times = new TreeMap<>();
        processes.forEach(process -> {
            ProcessHandle.Info info = process.info();
            times.merge(
                    partOf(info.commandLine().orElse("")),
                    info.totalCpuDuration().orElse(Duration.ZERO),
                    Duration::plus);
        });
        return new PartTimes(times);
    }

    /** The time used since then; a process that ended meanwhile is left out. */
    public PartTimes since(PartTimes before) {
        Map<String, Duration> used = new TreeMap<>();
        byPart.forEach((part, time) -> {
            Duration more = time.minus(before.byPart.getOrDefault(part, Duration.ZERO));
            used.put(part, more.isNegative() ? Duration.ZERO : more);
        });
        return new PartTimes(used);
    }

    public Duration total() {
        return byPart.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    static String partOf(String commandLine) {
        if (commandLine.startsWith("postgres:") || commandLine.contains("/bin/postgres")) {
            return POSTGRESQL;
        }
        if (commandLine.contains("EmbeddedKafka")) {
            return "Kafka";
        }
        Matcher service = SERVICE.matcher(commandLine);
        return service.find() && commandLine.contains("quarkus-app") ? service.group(1) : "launcher and others";
    }
}
