package uz.ksb.pos.benchmarks.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processor time of each part of a stack until now, by the name of the part. */
public record PartTimes(Map<String, Duration> byPart) {
    public static final String POSTGRESQL = "PostgreSQL";
    private static final Pattern SERVICE = Pattern.compile("([a-z-]+)/target/(?:quarkus-app|classes)");
    /** Of the fields of {@code /proc/PID/stat} that follow the name. */
    private static final int CUTIME = 13;

    /** A tick is a hundredth of a second on every Linux that Java runs on. */
    private static final int MILLIS_PER_TICK = 10;

    /** One takes milliseconds. */
    private static final int MAX_ATTEMPTS = 1_000;

    /**
     * Reads the times until no process came or went meanwhile: what an ended one used belongs to no process before its
     * parent has waited for it, and to two when the parent is read after that.
     *
     * @throws IllegalStateException if processes come and go all the time
     */
    static PartTimes of(Supplier<Stream<ProcessHandle>> processes) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            List<ProcessHandle> living = processes.get().toList();
            PartTimes times = read(living);
            if (living.stream().noneMatch(PartTimes::hasEnded)
                    && Set.copyOf(living).equals(processes.get().collect(Collectors.toSet()))) {
                return times;
            }
        }
        throw new IllegalStateException("processes came and went in " + MAX_ATTEMPTS + " readings of their times");
    }

    private static PartTimes read(List<ProcessHandle> processes) {
        Map<String, Duration> times = new TreeMap<>();
        processes.forEach(process -> {
            String part = partOf(commandLine(process));
            Duration time = process.info().totalCpuDuration().orElse(Duration.ZERO);
            times.merge(part, time.plus(ofEnded(process)), Duration::plus);
        });
        return new PartTimes(times);
    }

    /** All of it: Java tells at most 4 KB, and a class path is longer. */
    private static String commandLine(ProcessHandle process) {
        return proc(process, "cmdline")
                .map(line -> line.replace('\0', ' '))
                .or(() -> process.info().commandLine())
                .orElse("");
    }

    /** The time of the children that a process has waited for, as PostgreSQL's sessions when they are closed. */
    private static Duration ofEnded(ProcessHandle process) {
        return proc(process, "stat").map(PartTimes::ofEnded).orElse(Duration.ZERO);
    }

    /** @param stat the line of {@code /proc/PID/stat}; see proc_pid_stat(5) */
    static Duration ofEnded(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1]);
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    private static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive()
                || proc(process, "stat").filter(PartTimes::hasEnded).isPresent();
    }

    /** @param stat as above */
    static boolean hasEnded(String stat) {
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    }

    private static Optional<String> proc(ProcessHandle process, String file) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), file)));
        } catch (IOException endedOrNotLinux) {
            return Optional.empty();
        }
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
