package uz.ksb.pos.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.process.ParentProcess;

/** One Kafka node (broker and controller) in this JVM, for tests and for the local stack. */
public final class EmbeddedKafka {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    /** After a kill -9 a node comes back only when the session it had has ended. */
    private static final Duration SOON_BACK = Duration.ofSeconds(2);

    private static final long MEGABYTE = 1024L * 1024;
    private static final long MIN_FREE_BYTES = 200 * MEGABYTE;
    private static final Duration PATIENT = Duration.ofSeconds(15);

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    /** The topics that this folder has had, one a line. */
    private final Path createdTopics;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers, Path createdTopics) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.createdTopics = createdTopics;
    }

    /**
     * The local stack's Kafka in a JVM of its own.
     *
     * <p>When the process {@code parent} ends, this one stops the PostgreSQL of {@code postgresData}, which watches
     * nobody, and then itself.
     *
     * @param arguments data folder, port, controller port, and, both or neither, parent's pid and PostgreSQL's data
     */
    public static void main(String[] arguments) {
        quiet();
        EmbeddedKafka kafka = startOrEnd(arguments);
        if (arguments.length > 3) {
            ParentProcess.onEnd(Long.parseLong(arguments[3]), () -> {
                EmbeddedPostgres.stopLeftover(Path.of(arguments[4]), Duration.ofSeconds(5));
                Runtime.getRuntime().halt(0);
            });
        }
        kafka.server.awaitShutdown();
    }

    /** Server threads would keep a process alive that cannot serve. */
    private static EmbeddedKafka startOrEnd(String[] arguments) {
        try {
            Path data = Path.of(arguments[0]);
            requireSpace(data, MIN_FREE_BYTES);
            EmbeddedKafka kafka =
                    start(data, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), SOON_BACK);
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::stop, "kafka-stop"));
            kafka.createTopics(Topics.LOCAL_PARTITIONS);
            return kafka;
        } catch (IllegalStateException failed) {
            System.err.println("Kafka does not start: " + failed.getMessage());
            Runtime.getRuntime().halt(1);
            throw failed;
        }
    }

    /**
     * A node that meets a full disk in the middle of a write may come back without its topics.
     *
     * @throws IllegalStateException when the disk of {@code folder} has fewer than {@code bytes} left
     */
    static void requireSpace(Path folder, long bytes) {
        try {
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new IllegalStateException("only %d MB are free at %s; it needs %d MB"
                        .formatted(free / MEGABYTE, folder, bytes / MEGABYTE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a node that a busy machine does not fence. Both ports are on 127.0.0.1. */
    public static EmbeddedKafka start(Path dataDirectory, int port, int controllerPort) {
        return start(dataDirectory, port, controllerPort, PATIENT);
    }

    /** Formats {@code dataDirectory} first if it is new. */
    private static EmbeddedKafka start(Path dataDirectory, int port, int controllerPort, Duration session) {
        Path log = dataDirectory.resolve("log");
        try {
            Files.createDirectories(dataDirectory);
            if (!Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
                format(log);
            }
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's data folder cannot be prepared: " + dataDirectory, e);
        }
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(properties(log, port, controllerPort, session), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, "127.0.0.1:" + port, dataDirectory.resolve("created-topics"));
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public void stop() {
        server.shutdown();
    }

    /**
     * Creates the topics of {@link Topics#all()} that were never there.
     *
     * @throws IllegalStateException when one is gone that was there: an empty one in its place would hide that events are lost
     */
    public void createTopics(int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> present =
                    new HashSet<>(admin.listTopics().names().get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS));
            requireCreatedTopics(present);
            List<NewTopic> missing = Topics.all().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), partitions, (short) 1)
                            .configs(Map.of(
                                    "retention.ms",
                                            Long.toString(topic.retention().toMillis()),
                                    "max.message.bytes", Integer.toString(Topics.MAX_MESSAGE_BYTES))))
                    .toList();
            admin.createTopics(missing).all().get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
            Files.write(
                    createdTopics, Topics.all().stream().map(Topics.Topic::name).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka's topics could not be created", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireCreatedTopics(Set<String> present) throws IOException {
        if (Files.exists(createdTopics)) {
            List<String> lost = Files.readAllLines(createdTopics).stream()
                    .filter(topic -> !present.contains(topic))
                    .toList();
            if (!lost.isEmpty()) {
                throw new IllegalStateException("the topics " + lost + " were there and are gone, with their events."
                        + " Restore Kafka's folder, or remove " + createdTopics
                        + " to create them empty; then start a full sync, and let the tills reload");
            }
        }
    }

    /** Kafka tells much of what is normal: only its errors are kept. */
    public static void quiet() {
        System.setProperty("log4j2.loggerContextFactory", "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
        Logger.getLogger("org.apache.kafka").setLevel(Level.SEVERE);
        Logger.getLogger("kafka").setLevel(Level.SEVERE);
    }

    private static void format(Path log) throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setUnstableFeatureVersionsEnabled(false)
                .setIgnoreFormatted(true)
                .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
                .run();
    }

    private static Properties properties(Path log, int port, int controllerPort, Duration session) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("log.dirs", log.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("broker.session.timeout.ms", Long.toString(session.toMillis()));
        properties.put("broker.heartbeat.interval.ms", "500");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("offsets.topic.num.partitions", "3");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("message.max.bytes", Integer.toString(Topics.MAX_MESSAGE_BYTES));
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        properties.put("num.io.threads", "2");
        properties.put("num.network.threads", "2");
        return properties;
    }
}
