package uz.ksb.pos.benchmarks.start;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.server.Jvm;
import uz.ksb.pos.benchmarks.gateway.server.Program;
import uz.ksb.pos.benchmarks.gateway.server.Readiness;
import uz.ksb.pos.benchmarks.stack.Stack;

/** A second process of sales-service beside that of the stack, with the same settings and a port of its own. */
final class SecondService {
    private static final String SERVICE = "sales-service";
    private static final int PORT_OFFSET = 20;

    private final Stack stack;
    private final Path folder;

    SecondService(Stack stack) {
        this.stack = stack;
        this.folder = stack.root().resolve(SERVICE).resolve("target/quarkus-app");
    }

    String address() {
        return stack.service(PORT_OFFSET);
    }

    /** Whether a training run has left its cache beside the service. */
    void requireCache() {
        if (!folder.resolve("app.aot").toFile().exists()) {
            throw new BenchFailed("sales-service has no cache: ./pos train makes it (JDK 25)");
        }
    }

    /** Back when it is ready; closing ends it. */
    Program start(boolean withCache) throws InterruptedException {
        int port = stack.port(PORT_OFFSET);
        Map<String, String> environment = new HashMap<>(stack.environmentOf(SERVICE));
        environment.putAll(Jvm.FEW_ARENAS);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        List<String> heap = withCache
                ? List.of("-Xms128m", "-Xmx256m", "-XX:AOTCache=" + folder.resolve("app.aot"))
                : List.of("-Xms128m", "-Xmx256m");
        Program program = Program.start(
                SERVICE,
                stack.root().resolve("deploy/benchmarks/target/bench/second-sales-service.log"),
                environment,
                Jvm.command(
                        heap, List.of("-jar", folder.resolve("quarkus-run.jar").toString())));
        try {
            Readiness.await(port);
            return program;
        } catch (Throwable failure) {
            program.close();
            throw failure;
        }
    }
}
