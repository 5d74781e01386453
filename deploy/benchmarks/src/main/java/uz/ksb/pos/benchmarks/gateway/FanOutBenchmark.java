package uz.ksb.pos.benchmarks.gateway;

import java.nio.file.Path;
import java.util.List;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.client.Crowd;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;
import uz.ksb.pos.benchmarks.gateway.server.LineFed;
import uz.ksb.pos.benchmarks.gateway.server.SocketIoPackage;
import uz.ksb.pos.benchmarks.gateway.server.Target;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Deliveries per second of one gateway node to 500 clients of one enterprise. */
public final class FanOutBenchmark implements Benchmark {
    private static final int CLIENTS = 500;
    private static final double OF_SOCKET_IO = 8;
    private static final double OF_BARE = 0.5;

    @Override
    public String name() {
        return "gateway-fanout";
    }

    @Override
    public void requireTools() {
        SocketIoPackage.requireTools();
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Path node = SocketIoPackage.installed(stack.root());
        return Compared.of(opened -> {
            Contender gateway = contender(GatewayNode.start(stack, GatewayNode.DEFAULT_HEAP), opened);
            Contender socketIo = contender(LineFed.socketIo(stack, node), opened);
            Contender bare = contender(LineFed.bare(stack), opened);
            return List.of(
                    new Figure("deliveries against socket.io", "deliveries", OF_SOCKET_IO, gateway, socketIo),
                    new Figure("deliveries against a bare server", "deliveries", OF_BARE, gateway, bare));
        });
    }

    static Contender contender(Target target, Opened opened) throws InterruptedException {
        Crowd crowd = Crowd.of(CLIENTS, opened.add(target));
        return new FanOut(target, opened.add(crowd));
    }
}
