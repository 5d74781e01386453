package uz.ksb.pos.benchmarks.gateway.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.till.TokenIssuer;

/** The packaged service, fed through Kafka with events as the outbox's relay publishes them. */
public record GatewayNode(int port, TokenIssuer tokens, Program program, LiveEvents events) implements Target {
    public static final List<String> DEFAULT_HEAP = List.of("-Xmx512m");
    private static final int PORT_OFFSET = 20;
    /** Nobody is to wait for a node that only measures. */
    private static final Duration MOVE_WITHIN = Duration.ofSeconds(2);

    /** @param heap options of its virtual machine */
    public static GatewayNode start(Stack stack, List<String> heap) throws InterruptedException {
        int port = stack.port(PORT_OFFSET);
        TokenIssuer tokens = new TokenIssuer();
        return new GatewayNode(
                port, tokens, launch(stack, tokens, port, heap, MOVE_WITHIN), new LiveEvents(stack.kafka()));
    }

    /** Starts a node that trusts {@code tokens} and waits until it is ready. */
    static Program launch(Stack stack, TokenIssuer tokens, int port, List<String> heap, Duration moveWithin)
            throws InterruptedException {
        Program program = Program.start(
                        "realtime-gateway",
                        folder(stack).resolve("gateway-" + port + ".log"),
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
                                "MP_JWT_VERIFY_PUBLICKEY",
                                tokens.publicKey(),
                                "POS_LIVE_CONNECTION_MOVE_WITHIN",
                                moveWithin.toSeconds() + "s"),
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
            return program;
        } catch (Throwable failure) {
            program.close();
            throw failure;
        }
    }

    /** Of processes that are started here. */
    public static Path folder(Stack stack) {
        return stack.root().resolve("deploy/benchmarks/target/bench");
    }

    /** A client's first message. */
    public static String auth(TokenIssuer tokens) {
        return "{\"op\":\"auth\",\"token\":\"" + tokens.token(LiveEvents.KSB_ID) + "\"}";
    }

    public String auth() {
        return auth(tokens);
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
        return List.of(auth(), "{\"op\":\"subscribe\",\"channels\":[\"customers\"]}");
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
        publish("pos.customers.v1", "customer.changed", event);
    }

    public void publish(String topic, String type, byte[] event) {
        events.publish(topic, type, event, false);
    }

    @Override
    public void close() {
        events.close();
        program.close();
    }
}
