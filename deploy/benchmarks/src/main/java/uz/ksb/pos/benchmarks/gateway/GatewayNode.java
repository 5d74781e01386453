package uz.ksb.pos.benchmarks.gateway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.benchmarks.stack.Stack;

/** The packaged service, fed through Kafka with events as the outbox's relay publishes them. */
record GatewayNode(int port, TestKey key, Program program, KafkaProducer<String, byte[]> kafka, AtomicLong ids)
        implements Target {
    static final List<String> USUAL_HEAP = List.of("-Xmx512m");
    /** Ids need not be hard to guess here, and the generator's time is scarce. */
    private static final long RUN = UUID.randomUUID().getMostSignificantBits();

    private static final String TOPIC = "pos.customers.v1";

    /** @param heap options of its virtual machine */
    static GatewayNode start(Stack stack, List<String> heap) throws InterruptedException {
        int port = stack.port(20);
        TestKey key = TestKey.fresh();
        Path publicKey = key.writePublic(folder(stack).resolve("gateway-key.pem"));
        Program program = Program.start(
                        "realtime-gateway",
                        folder(stack).resolve("gateway.log"),
                        Map.of(
                                "MALLOC_ARENA_MAX",
                                "2",
                                "POS_ENVIRONMENT",
                                "local",
                                "QUARKUS_HTTP_HOST",
                                "127.0.0.1",
                                "QUARKUS_HTTP_PORT",
                                Integer.toString(port),
                                "KAFKA_BOOTSTRAP_SERVERS",
                                stack.kafka(),
                                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                                publicKey.toUri().toString(),
                                "POS_LIVE_CONNECTION_MOVE_WITHIN",
                                "2s"),
                        Jvm.command(
                                heap,
                                List.of(
                                        "-jar",
                                        stack.root()
                                                .resolve("realtime-gateway/target/quarkus-app/quarkus-run.jar")
                                                .toString())))
                .awaitPort(port);
        try {
            Readiness.await(port);
            return new GatewayNode(port, key, program, producer(stack.kafka()), new AtomicLong());
        } catch (Throwable failure) {
            program.close();
            throw failure;
        }
    }

    /** Of what is started here. */
    static Path folder(Stack stack) {
        return stack.root().resolve("deploy/benchmarks/target/bench");
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String path() {
        return "/ws";
    }

    @Override
    public List<String> greeting() {
        return List.of(
                "{\"op\":\"auth\",\"token\":\"" + key.token() + "\"}",
                "{\"op\":\"subscribe\",\"channels\":[\"customers\"]}");
    }

    @Override
    public String welcome() {
        return "\"op\":\"subscribed\"";
    }

    @Override
    public ProcessHandle process() {
        return program.handle();
    }

    @Override
    public void publish(byte[] event) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(TOPIC, TestKey.KSB_ID, event);
        Headers headers = sent.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", new UUID(RUN, ids.incrementAndGet()).toString());
        put(headers, "ce_type", "customer.changed");
        put(headers, "ce_source", "benchmark");
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "ce_ksbid", TestKey.KSB_ID);
        put(headers, "content-type", "application/json");
        var unused = kafka.send(sent);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        kafka.close();
        program.close();
    }
}
