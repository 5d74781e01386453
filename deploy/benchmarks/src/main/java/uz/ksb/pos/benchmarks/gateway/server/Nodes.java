package uz.ksb.pos.benchmarks.gateway.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.till.TokenIssuer;

/** Two gateway nodes of one Kafka, which come and go. */
public final class Nodes implements AutoCloseable {
    /** Clients get as long as in production to move. */
    private static final Duration MOVE_WITHIN = Duration.ofSeconds(30);

    private static final List<Integer> PORT_OFFSETS = List.of(20, 23);

    private final Stack stack;
    private final TokenIssuer tokens = new TokenIssuer();
    private final LiveEvents events;
    private final List<Program> programs = new ArrayList<>();

    private Nodes(Stack stack) {
        this.stack = stack;
        this.events = new LiveEvents(stack.kafka());
    }

    public static Nodes start(Stack stack) throws InterruptedException {
        Nodes nodes = new Nodes(stack);
        try {
            for (int port : nodes.ports()) {
                nodes.programs.add(nodes.launch(port));
            }
            return nodes;
        } catch (Throwable failure) {
            nodes.close();
            throw failure;
        }
    }

    private Program launch(int port) throws InterruptedException {
        return GatewayNode.launch(stack, tokens, port, GatewayNode.DEFAULT_HEAP, MOVE_WITHIN);
    }

    public List<Integer> ports() {
        return PORT_OFFSETS.stream().map(stack::port).toList();
    }

    public TokenIssuer tokens() {
        return tokens;
    }

    /** @param twice as a relay does that dies between publishing and deleting */
    public void publish(byte[] event, boolean twice) {
        events.publish("pos.customers.v1", "customer.changed", event, twice);
    }

    /** SIGTERM; back when it has gone. */
    public void stop(int node) {
        programs.get(node).close();
    }

    /** kill -9 */
    public void kill(int node) throws InterruptedException {
        programs.get(node).kill();
    }

    public void start(int node) throws InterruptedException {
        programs.set(node, launch(ports().get(node)));
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        events.close();
    }
}
