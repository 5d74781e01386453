package uz.ksb.pos.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Deliveries per second of one gateway node to 500 clients of one enterprise. */
public final class FanOutBenchmark implements Benchmark {
    private static final int CLIENTS = 500;
    private static final double OF_SOCKET_IO = 8;
    private static final double OF_BARE = 0.5;
    private static final int FIRST_PORT = 20;

    @Override
    public String name() {
        return "gateway-fanout";
    }

    @Override
    public void requireTools() {
        run(List.of("node", "--version"), Path.of("."));
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Path folder = stack.root().resolve("deploy/benchmarks/target/bench");
        return prepare(stack.root(), folder, stack.kafka(), stack.port(FIRST_PORT));
    }

    static Prepared prepare(Path root, Path folder, String kafka, int port) throws InterruptedException {
        Path node = installed(root.resolve("deploy/benchmarks/src/main/node"), folder.resolve("node"));
        List<AutoCloseable> opened = new ArrayList<>();
        Contender gateway = contender(GatewayNode.start(port, kafka, root, folder), opened);
        Contender socketIo = contender(LineFed.socketIo(port + 1, node, folder.resolve("socketio.log")), opened);
        Contender bare = contender(LineFed.bare(port + 2, folder.resolve("bare.log")), opened);
        return new Fans(
                List.of(
                        new Figure("deliveries against socket.io", "deliveries", OF_SOCKET_IO, gateway, socketIo),
                        new Figure("deliveries against a bare server", "deliveries", OF_BARE, gateway, bare)),
                opened);
    }

    private static Contender contender(Target target, List<AutoCloseable> opened) {
        opened.addFirst(target);
        Crowd crowd = Crowd.of(CLIENTS, target);
        opened.addFirst(crowd);
        return new FanOut(target, crowd);
    }

    private static Path installed(Path source, Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : List.of("package.json", "package-lock.json", ".npmrc", "server.js")) {
                Files.write(folder.resolve(file), Files.readAllBytes(source.resolve(file)));
            }
        } catch (IOException e) {
            throw new BenchFailed("socket.io cannot be prepared", e);
        }
        run(List.of("npm", "ci", "--silent"), folder);
        return folder;
    }

    private static void run(List<String> command, Path folder) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new BenchFailed(String.join(" ", command) + " fails: the peer needs Node with npm");
            }
        } catch (IOException e) {
            throw new BenchFailed("the peer needs Node with npm", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }

    /** What was opened is closed in the opposite order. */
    private record Fans(List<Figure> figures, List<AutoCloseable> opened) implements Prepared {
        @Override
        public void close() {
            for (AutoCloseable resource : opened) {
                try {
                    resource.close();
                } catch (Exception gone) {
                    System.err.println("pos bench: " + gone.getMessage());
                }
            }
        }
    }
}
