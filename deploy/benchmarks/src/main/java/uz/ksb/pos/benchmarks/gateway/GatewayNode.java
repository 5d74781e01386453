package uz.ksb.pos.benchmarks.gateway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The packaged service, fed through Kafka with events as the outbox's relay publishes them. */
record GatewayNode(int port, TestKey key, Program program, KafkaProducer<String, byte[]> kafka) implements Target {
    private static final String TOPIC = "pos.customers.v1";

    /**
     * @param root of the project
     * @param folder for its log and the public key
     */
    static GatewayNode start(int port, String bootstrap, Path root, Path folder) throws InterruptedException {
        TestKey key = TestKey.fresh();
        Path publicKey = key.writePublic(folder.resolve("gateway-key.pem"));
        Program program = Program.start(
                "realtime-gateway",
                folder.resolve("gateway.log"),
                Map.of(
                        "POS_ENVIRONMENT",
                        "local",
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        bootstrap,
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        publicKey.toUri().toString(),
                        "POS_LIVE_CONNECTION_MOVE_WITHIN",
                        "2s"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        root.resolve("realtime-gateway/target/quarkus-app/quarkus-run.jar")
                                .toString()));
        GatewayNode node = new GatewayNode(port, key, program.awaitPort(port), producer(bootstrap));
        Readiness.await(port);
        return node;
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0),
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
    public List<String> greeting(int client) {
        return List.of(
                "{\"op\":\"auth\",\"token\":\"" + key.token() + "\"}",
                "{\"op\":\"subscribe\",\"channels\":[\"customers\"]}");
    }

    @Override
    public void publish(byte[] event) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(TOPIC, TestKey.KSB_ID, event);
        Headers headers = sent.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", UUID.randomUUID().toString());
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
