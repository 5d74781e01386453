package uz.ksb.pos.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.ksb.pos.benchmarks.catalogue.IngestionBenchmark;
import uz.ksb.pos.benchmarks.catalogue.SearchBenchmark;
import uz.ksb.pos.benchmarks.gateway.CpuBenchmark;
import uz.ksb.pos.benchmarks.gateway.FanOutBenchmark;
import uz.ksb.pos.benchmarks.gateway.MemoryBenchmark;
import uz.ksb.pos.benchmarks.gateway.RestartBenchmark;
import uz.ksb.pos.benchmarks.gateway.SlowBenchmark;
import uz.ksb.pos.benchmarks.gateway.SocketIoBenchmark;
import uz.ksb.pos.benchmarks.measuring.Machine;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.measuring.Report;
import uz.ksb.pos.benchmarks.sales.BatchBenchmark;
import uz.ksb.pos.benchmarks.sales.LatencyBenchmark;
import uz.ksb.pos.benchmarks.sales.RelayBenchmark;
import uz.ksb.pos.benchmarks.sales.SalesBenchmark;
import uz.ksb.pos.benchmarks.sales.TotalsBenchmark;
import uz.ksb.pos.benchmarks.scale.ScaleBenchmark;
import uz.ksb.pos.benchmarks.settings.SettingsBenchmark;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.benchmarks.start.FirstSecondsBenchmark;
import uz.ksb.pos.benchmarks.start.StartBenchmark;
import uz.ksb.pos.benchmarks.till.TillBenchmark;

/** Measures and compares with what must be reached. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures what the system must reach, on a stack of its own. Ends with 1 when a figure is missed.")
final class Bench implements Callable<Integer> {
    private static final List<Benchmark> ALL = List.of(
            new SalesBenchmark(),
            new BatchBenchmark(),
            new TotalsBenchmark(),
            new LatencyBenchmark(),
            new RelayBenchmark(),
            new SettingsBenchmark(),
            new SearchBenchmark(),
            new IngestionBenchmark(),
            new FanOutBenchmark(),
            new SocketIoBenchmark(),
            new CpuBenchmark(),
            new MemoryBenchmark(),
            new SlowBenchmark(),
            new RestartBenchmark(),
            new TillBenchmark(),
            new StartBenchmark(),
            new FirstSecondsBenchmark(),
            new ScaleBenchmark());

    @Parameters(
            paramLabel = "NAME",
            description =
                    "What to measure; all when absent: sales, batch, totals, latency, relay, settings, search, ingestion, gateway-fanout,"
                            + " gateway-socketio, gateway-cpu, gateway-memory, gateway-slow, gateway-restart; gateway for all of it; till, start,"
                            + " first-seconds, scale.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--pairs",
            defaultValue = "3",
            description = "How often the two take turns (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--seconds", defaultValue = "15", description = "Length of a round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "Before the first round, for each of the two (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "28080",
            description = "The stack takes this port and those after it (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(names = "--full", description = "With the largest amounts of data; takes longer.")
    private boolean full;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (!(failure instanceof BenchFailed)) {
                        throw failure;
                    }
                    line.getErr().println("pos bench: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Benchmark> chosen = chosen();
        if (pairs < 1 || seconds < 1 || warmUp < 0) {
            throw new ParameterException(spec.commandLine(), "--pairs and --seconds are at least 1, --warm-up 0");
        }
        chosen.forEach(Benchmark::requireTools);
        Path root = Path.of(System.getProperty("pos.root", "")).toAbsolutePath();
        Path folder = root.resolve("deploy/benchmarks/target/bench");
        Machine machine = Machine.here();
        System.out.println(machine.line());
        boolean passed = true;
        try (Stack stack = Stack.start(root, folder, portBase)) {
            for (Benchmark benchmark : chosen) {
                Report report = report(benchmark, machine, stack);
                System.out.println("  " + root.relativize(report.write(folder)));
                passed &= report.passed();
            }
        }
        return passed ? 0 : 1;
    }

    private Report report(Benchmark benchmark, Machine machine, Stack stack) throws InterruptedException {
        Instant begin = Instant.now();
        List<Measured> measured = measure(benchmark, stack);
        double load = Machine.loadNow();
        System.out.println(String.format(Locale.ROOT, "  load after %.1f", load));
        return new Report(benchmark.name(), commandLine(), begin, machine, load, measured);
    }

    private List<Measured> measure(Benchmark benchmark, Stack stack) throws InterruptedException {
        Measuring measuring = new Measuring(pairs, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        try (Benchmark.Prepared prepared = full ? benchmark.prepareFull(stack) : benchmark.prepare(stack)) {
            List<Measured> measured = prepared.measure(measuring, stack::calm, System.out::println);
            measured.forEach(figure -> System.out.println(figure.line()));
            return measured;
        }
    }

    private List<Benchmark> chosen() {
        names.stream()
                .filter(name -> ALL.stream().noneMatch(benchmark -> means(name, benchmark)))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            "there is no benchmark '" + name + "'; there are: "
                                    + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
                });
        return ALL.stream()
                .filter(benchmark -> names.isEmpty() || names.stream().anyMatch(name -> means(name, benchmark)))
                .toList();
    }

    /** {@code gateway} means all that is called {@code gateway-...}. */
    static boolean means(String name, Benchmark benchmark) {
        return benchmark.name().equals(name) || benchmark.name().startsWith(name + "-");
    }

    private String commandLine() {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .collect(Collectors.joining(" ", "./pos bench ", ""))
                .strip();
    }
}
