package uz.ksb.pos.benchmarks.gateway.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.BenchFailed;

/** A server in a process of its own; what it says goes to a file. */
public final class Program implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final String name;
    private final Process process;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    public static Program start(String name, Path log, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Program program = new Program(name, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(program.process::destroy));
            return program;
        } catch (IOException e) {
            throw new BenchFailed(name + " cannot be started", e);
        }
    }

    /** Waits until its port is open. */
    public Program awaitPort(int port) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!accepts(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new BenchFailed(name + " did not start");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return this;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    private static boolean accepts(int port) {
        try (Socket ignored = new Socket()) {
            ignored.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** kill -9; back when it has gone. */
    public void kill() throws InterruptedException {
        int unused = process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
