package uz.ksb.pos.local.up;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import uz.ksb.pos.local.supervision.Part;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.event.Topics;

/** Kafka in a JVM of its own, which also stops PostgreSQL when the launcher is killed. */
final class KafkaPart implements Part {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Ports ports;
    private final Workspace workspace;
    private final Path log;

    KafkaPart(Ports ports, Workspace workspace, Path log) {
        this.ports = ports;
        this.workspace = workspace;
        this.log = log;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public Process start() throws IOException {
        List<String> rest = new ArrayList<>();
        // For one shop's events the second compiler costs a small machine more than it gives back.
        rest.add("-XX:TieredStopAtLevel=1");
        String logging = System.getProperty("java.util.logging.config.file");
        if (logging != null) {
            rest.add("-Djava.util.logging.config.file=" + logging);
        }
        rest.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedKafka.class.getName(),
                workspace.kafka().toString(),
                Integer.toString(ports.kafka()),
                Integer.toString(ports.kafkaController()),
                Long.toString(ProcessHandle.current().pid()),
                workspace.postgres().toString()));
        ProcessBuilder builder = new ProcessBuilder(Java.command("192m", rest))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Java.FEW_ARENAS);
        return builder.start();
    }

    /** Started with all topics: a consumer that comes earlier would wait minutes for the next metadata. */
    @Override
    public boolean ready() throws InterruptedException {
        if (!Probe.accepts(ports.kafka())) {
            return false;
        }
        Set<String> wanted = Topics.all().stream().map(Topics.Topic::name).collect(Collectors.toSet());
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + ports.kafka()))) {
            return admin.listTopics()
                    .names()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .containsAll(wanted);
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }
}
