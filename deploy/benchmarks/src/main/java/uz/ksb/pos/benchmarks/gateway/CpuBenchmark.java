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

/** Processor time of one gateway node per delivery, at a speed that both keep up with: 500 clients, 100 events a second. */
public final class CpuBenchmark implements Benchmark {
    private static final int CLIENTS = 500;
    private static final double PER_SECOND = 100;
    /** Deliveries of a second of processor time: as many means as much time for each. */
    private static final double OF_SOCKET_IO = 1;

    @Override
    public String name() {
        return "gateway-cpu";
    }

    @Override
    public void requireTools() {
        SocketIoPackage.requireTools();
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Path node = SocketIoPackage.installed(stack.root());
        return Compared.of(opened -> List.of(new Figure(
                "deliveries of a second of processor time",
                "deliveries",
                OF_SOCKET_IO,
                contender(GatewayNode.start(stack, GatewayNode.DEFAULT_HEAP), opened),
                contender(LineFed.socketIo(stack, node), opened))));
    }

    private static Contender contender(Target target, Opened opened) throws InterruptedException {
        Crowd crowd = Crowd.of(CLIENTS, opened.add(target));
        return new Steady(target, opened.add(crowd), PER_SECOND);
    }
}
