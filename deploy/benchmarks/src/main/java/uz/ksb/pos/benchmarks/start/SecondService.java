package uz.ksb.pos.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.server.Jvm;
import uz.ksb.pos.benchmarks.gateway.server.Program;
import uz.ksb.pos.benchmarks.gateway.server.Readiness;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.till.TokenIssuer;

/** A second process of sales-service beside that of the stack, with the same settings and a port of its own. */
public final class SecondService {
    private static final String SERVICE = "sales-service";
    private static final int PORT_OFFSET = 26;

    private final Stack stack;
    private final Path folder;

    public SecondService(Stack stack) {
        this.stack = stack;
        this.folder = stack.root().resolve(SERVICE).resolve("target/quarkus-app");
    }

    public String address() {
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
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx256m", "-XX:NewRatio=1"));
        if (withCache) {
            options.add("-XX:AOTCache=" + folder.resolve("app.aot"));
            options.addAll(compilerOptions());
        }
        return start(options, stack.environmentOf(SERVICE));
    }

    /** Those that the images, and by a test the launcher too, give a service with a cache. */
    private List<String> compilerOptions() {
        try (Stream<String> lines = Files.lines(stack.root().resolve("deploy/images/jvm.options"))) {
            return lines.filter(line -> line.startsWith("-XX:Tier")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that takes the tokens of {@code issuer} instead of those of settings-service. */
    public Program startTrusting(TokenIssuer issuer, List<String> heap) throws InterruptedException {
        Map<String, String> environment = new HashMap<>(stack.environmentOf(SERVICE));
        environment.remove("MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        environment.put("MP_JWT_VERIFY_PUBLICKEY", issuer.publicKey());
        return start(heap, environment);
    }

    private Program start(List<String> heap, Map<String, String> settings) throws InterruptedException {
        int port = stack.port(PORT_OFFSET);
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Jvm.FEW_ARENAS);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
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
