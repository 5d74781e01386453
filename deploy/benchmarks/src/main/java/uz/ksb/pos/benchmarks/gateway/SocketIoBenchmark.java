package uz.ksb.pos.benchmarks.gateway;

import java.nio.file.Path;
import java.util.List;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;
import uz.ksb.pos.benchmarks.gateway.server.LineFed;
import uz.ksb.pos.benchmarks.gateway.server.SocketIoGateway;
import uz.ksb.pos.benchmarks.gateway.server.SocketIoPackage;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Deliveries per second of one gateway node to 500 Socket.IO clients of one enterprise. */
public final class SocketIoBenchmark implements Benchmark {
    private static final double OF_SOCKET_IO = 8;

    @Override
    public String name() {
        return "gateway-socketio";
    }

    @Override
    public void requireTools() {
        SocketIoPackage.requireTools();
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Path node = SocketIoPackage.installed(stack.root());
        return Compared.of(opened -> {
            GatewayNode started = GatewayNode.start(stack, GatewayNode.DEFAULT_HEAP);
            Contender gateway = FanOutBenchmark.contender(new SocketIoGateway(started), opened);
            Contender socketIo = FanOutBenchmark.contender(LineFed.socketIo(stack, node), opened);
            return List.of(new Figure(
                    "Socket.IO deliveries against socket.io", "deliveries", OF_SOCKET_IO, gateway, socketIo));
        });
    }
}
