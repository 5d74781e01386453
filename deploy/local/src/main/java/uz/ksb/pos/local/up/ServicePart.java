package uz.ksb.pos.local.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import uz.ksb.pos.local.supervision.Part;

/** One service in a JVM of its own; what it must know comes by its environment. */
final class ServicePart implements Part {

    private final Service service;
    private final Path root;
    private final int port;
    private final Map<String, String> environment;
    private final Path log;

    ServicePart(Service service, Path root, int port, Map<String, String> environment, Path log) {
        this.service = service;
        this.root = root;
        this.port = port;
        this.environment = environment;
        this.log = log;
    }

    @Override
    public String name() {
        return service.name();
    }

    @Override
    public Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Java.command(service.heap(), service.arguments(root)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Java.FEW_ARENAS);
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public boolean ready() throws InterruptedException {
        return Probe.isReady(port, service.readiness());
    }
}
