package uz.ksb.pos.system;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uz.ksb.pos.till.Api;

/** A system started by {@code ./pos up} with its data in a folder of its own. */
final class RunningSystem {

    private static final Duration START_LIMIT = Duration.ofMinutes(9);
    private static final int PORTS = 16;
    private static final long SIGINT_BIT = 1 << 1;
    private static final int MIN_BASE = 20_000;
    private static final int BASES = 12_000 / PORTS;

    private final Path state;
    private final int portBase;
    private final PosCommand up;

    private RunningSystem(Path state, int portBase, PosCommand up) {
        this.state = state;
        this.portBase = portBase;
        this.up = up;
    }

    static RunningSystem start(Path state) throws InterruptedException {
        return start(state, freePortBase());
    }

    static RunningSystem start(Path state, int portBase, String... options) throws InterruptedException {
        return start(state, portBase, Map.of(), options);
    }

    /** @param environment variables that every part gets, such as the size of the simulator's shop */
    static RunningSystem start(Path state, int portBase, Map<String, String> environment, String... options)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port-base", Integer.toString(portBase)));
        arguments.addAll(List.of(options));
        PosCommand up = PosCommand.start(state, arguments, environment);
        try {
            up.awaitOutput("Ctrl-C stops everything", START_LIMIT);
        } catch (AssertionError e) {
            up.process().destroy();
            throw e;
        }
        return new RunningSystem(state, portBase, up);
    }

    /** A system that somebody else has started and stops, for trying tests quickly. */
    static RunningSystem attachedTo(Path state, int portBase) {
        return new RunningSystem(state, portBase, null);
    }

    int portBase() {
        return portBase;
    }

    /** The address of the till's pages; {@code -Dpos.test.page-port=N} for those that {@code npm run dev} serves. */
    String origin() {
        return "http://localhost:" + Integer.getInteger("pos.test.page-port", portBase);
    }

    String kafka() {
        return "127.0.0.1:" + (portBase + 8);
    }

    Path state() {
        return state;
    }

    String password() {
        try {
            return Files.readString(state.resolve("sample-password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PosCommand launcher() {
        return up;
    }

    Api api() {
        return new Api("http://localhost:" + portBase, password());
    }

    /** Plays a folder, as a process of its own. */
    PosCommand replay(Path folder, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("replay", folder.toString(), "--port-base", Integer.toString(portBase)));
        arguments.addAll(List.of(options));
        return PosCommand.start(state, arguments);
    }

    /** {@code ./pos totals --check} or {@code --rebuild}. */
    PosCommand totals(String task) {
        return PosCommand.start(state, List.of("totals", task, "--port-base", Integer.toString(portBase)));
    }

    /** The back office's simulator. */
    BackOffice backOffice() {
        return new BackOffice(portBase + 6);
    }

    /** sales-service's database, with its own login. */
    Connection salesDatabase() throws SQLException {
        return database("sales");
    }

    /** Ends every session of the services with PostgreSQL. */
    void cutDatabaseConnections() throws SQLException {
        try (Connection database = database("postgres");
                Statement statement = database.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
        }
    }

    /** A service's database, with its own login; {@code postgres}: the superuser's. */
    Connection database(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(portBase + 7, name), name, databasePassword(name));
    }

    /** The password of a login of the database server. */
    String databasePassword(String login) {
        Properties passwords = new Properties();
        try (Reader file = Files.newBufferedReader(state.resolve("passwords.properties"))) {
            passwords.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return passwords.getProperty(login);
    }

    /** kill -9 of one part, by its name. */
    void kill(String part) {
        process(part).destroyForcibly();
    }

    /** As an operator ends a part; the launcher starts it again. */
    void end(String part) {
        process(part).destroy();
    }

    /** The part answers nobody until {@link #goOn}, and its connections stay open: worse than a kill. */
    void freeze(String part) throws InterruptedException, IOException {
        signal("-STOP", process(part).pid());
    }

    void goOn(String part) throws InterruptedException, IOException {
        signal("-CONT", process(part).pid());
    }

    /** With its children: PostgreSQL's own process only takes new connections. */
    void freezeAll(String part) throws InterruptedException, IOException {
        freeze(part);
        for (ProcessHandle child : process(part).descendants().toList()) {
            signal("-STOP", child.pid());
        }
    }

    void allGoOn(String part) throws InterruptedException, IOException {
        for (ProcessHandle child : process(part).descendants().toList()) {
            signal("-CONT", child.pid());
        }
        goOn(part);
    }

    /** It starts nothing anew until {@link #launcherGoesOn}. */
    void freezeLauncher() throws InterruptedException, IOException {
        signal("-STOP", up.process().pid());
    }

    void launcherGoesOn() throws InterruptedException, IOException {
        signal("-CONT", up.process().pid());
    }

    /** Whether the process of {@code pid} has ended, also when its parent has not noticed. */
    static boolean hasEnded(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return true;
        }
    }

    long pid(String part) {
        return process(part).pid();
    }

    /** The name of the part that {@code process} is, or belongs to. */
    String nameOf(ProcessHandle process) {
        Map<Long, String> names = names();
        String own = names.get(process.pid());
        return own != null
                ? own
                : process.parent().map(parent -> names.get(parent.pid())).orElse("launcher");
    }

    /** The parts that were started, by their pids. */
    private Map<Long, String> names() {
        Map<Long, String> names = new HashMap<>();
        try (Stream<Path> files = Files.list(state.resolve("run"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".pid")).toList()) {
                String pid = Files.readString(file).strip().split(" ", -1)[0];
                names.put(Long.parseLong(pid), file.getFileName().toString().replace(".pid", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private ProcessHandle process(String part) {
        try {
            String pid = Files.readString(state.resolve("run").resolve(part + ".pid"))
                    .split(" ", -1)[0];
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String signal, long pid) throws InterruptedException, IOException {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }

    /** The launcher and everything it has started. */
    List<ProcessHandle> processes() {
        Stream<ProcessHandle> noted = names().keySet().stream().flatMap(pid -> ProcessHandle.of(pid).stream());
        Stream<ProcessHandle> started = Stream.concat(
                Stream.of(up.process().toHandle()), up.process().toHandle().descendants());
        return Stream.concat(noted, started)
                .distinct()
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** The signal of Ctrl-C; SIGTERM where this process, and so its children, were told to ignore that. */
    void interrupt() throws InterruptedException, IOException {
        signal(ignoresInterrupts() ? "-TERM" : "-INT", up.process().pid());
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/" + up.process().pid() + "/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
    }

    /** Nothing happens when the launcher has ended already. */
    void stop() throws InterruptedException, IOException {
        if (up == null || !up.process().isAlive()) {
            return;
        }
        interrupt();
        up.exit(Duration.ofSeconds(20));
    }

    /** A base from which 16 ports are free, below those that systems give away by themselves. */
    static int freePortBase() {
        while (true) {
            int base = MIN_BASE + PORTS * ThreadLocalRandom.current().nextInt(BASES);
            if (IntStream.range(base, base + PORTS).allMatch(RunningSystem::isFree)) {
                return base;
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
