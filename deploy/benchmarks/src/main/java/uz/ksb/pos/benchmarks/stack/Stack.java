package uz.ksb.pos.benchmarks.stack;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.benchmarks.BenchFailed;

/** A stack of its own, empty at the start; stopped when closed. */
public final class Stack implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration CALM_LIMIT = Duration.ofMinutes(3);
    /** Of a core, by all parts together, over a second. */
    private static final double CALM_CORES = 0.3;
    /** Longer than any run. */
    private static final int AWAY_SECONDS = 86_400;

    private static final Pattern MAX_HEAP = Pattern.compile("-Xmx([0-9]+)m");
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)='(.*)'");

    private final Path root;
    private final Path state;
    private final int portBase;
    private final Process launcher;

    private Stack(Path root, Path state, int portBase, Process launcher) {
        this.root = root;
        this.state = state;
        this.portBase = portBase;
        this.launcher = launcher;
    }

    /**
     * @param root of the project, which is built
     * @param folder where the stack's data and output go
     */
    public static Stack start(Path root, Path folder, int portBase) throws InterruptedException {
        Path state = folder.resolve("stack");
        Path output = folder.resolve("stack.out");
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("pos").toString(), "up", "--clean", "--port-base", Integer.toString(portBase))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "POS_STATE",
                        state.toString(),
                        "POS_BUILT",
                        "yes",
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        try {
            Files.createDirectories(state);
            Stack stack = new Stack(root, state, portBase, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop of the stack"));
            stack.awaitReady(output);
            return stack;
        } catch (IOException e) {
            throw new BenchFailed("the stack cannot be started", e);
        }
    }

    private void awaitReady(Path output) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.readString(output).contains("Ctrl-C stops everything")) {
            if (!launcher.isAlive() || System.nanoTime() > end) {
                close();
                throw new BenchFailed("the stack did not become ready:\n" + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    public Path root() {
        return root;
    }

    /** Address of a service's own port; {@code offset} as in the launcher's list of ports. */
    public String service(int offset) {
        return "http://127.0.0.1:" + port(offset);
    }

    /** A free port of this run; {@code offset} from 20 on. */
    public int port(int offset) {
        return portBase + offset;
    }

    /** Kafka's address. */
    public String kafka() {
        return "127.0.0.1:" + (portBase + 8);
    }

    public SampleShop shop() {
        return new SampleShop("http://127.0.0.1:" + portBase, password());
    }

    /** Of all people of the sample enterprise. */
    public String password() {
        return read("sample-password").strip();
    }

    public Postgres postgres() {
        return new Postgres(portBase + 7, state.resolve("passwords.properties"));
    }

    /** From now on sales wait: their delivery is another load, on both contenders' machine. */
    public void takeBackOfficeAway() {
        JsonObject unused = new SampleShop(service(6), "")
                .post("/_sim/faults", null, new JsonObject().put("downForSeconds", AWAY_SECONDS));
    }

    /** Waits until nothing of the last round is still being worked on, then has the database written out. */
    public void calm() throws InterruptedException {
        long end = System.nanoTime() + CALM_LIMIT.toNanos();
        while (coresUsed() > CALM_CORES) {
            if (System.nanoTime() > end) {
                throw new BenchFailed("the stack does not come to rest within " + CALM_LIMIT.toSeconds() + " s");
            }
        }
        postgres().checkpoint();
    }

    private double coresUsed() throws InterruptedException {
        Duration before = processorTime();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(1);
        return (double) processorTime().minus(before).toNanos() / (System.nanoTime() - begin);
    }

    /** @param folder of a service */
    public ProcessHandle process(String folder) {
        return launcher.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("/" + folder + "/"))
                .findFirst()
                .orElseThrow(() -> new BenchFailed("no process of " + folder));
    }

    /** As its command line allows. */
    public static double maxHeapMegabytes(ProcessHandle process) {
        Matcher heap = MAX_HEAP.matcher(process.info().commandLine().orElse(""));
        if (!heap.find()) {
            throw new BenchFailed("the process says nothing about its heap");
        }
        return Double.parseDouble(heap.group(1));
    }

    private Duration processorTime() {
        return partTimes().total();
    }

    /** Processor time of all parts until now. */
    public PartTimes partTimes() {
        return PartTimes.of(() -> Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants()));
    }

    /** The settings that the launcher gave a service; they contain secrets. */
    public Map<String, String> environmentOf(String service) {
        return read("run/" + service + ".env")
                .lines()
                .map(ASSIGNMENT::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private String read(String file) {
        try {
            return Files.readString(state.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!launcher.isAlive()) {
            return;
        }
        List<ProcessHandle> parts = launcher.descendants().toList();
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                parts.forEach(ProcessHandle::destroyForcibly);
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
