package uz.ksb.pos.benchmarks.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.client.Crowd;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;
import uz.ksb.pos.benchmarks.gateway.server.LineFed;
import uz.ksb.pos.benchmarks.gateway.server.Resident;
import uz.ksb.pos.benchmarks.gateway.server.SocketIoPackage;
import uz.ksb.pos.benchmarks.gateway.server.Target;
import uz.ksb.pos.benchmarks.measuring.Cost;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/**
 * Memory of an idle connection: what the process grows by from 200 clients to 4,000, divided by the 3,800. Each reading is of
 * a fresh process, as what was taken once is seldom given back.
 */
public final class MemoryBenchmark implements Benchmark {
    private static final int FEW = 200;
    private static final int MANY = 4_000;
    private static final double MAX_KILOBYTES = 15;
    /** Neither grows nor shrinks, so that its pages say what is in it and not how it is tuned. */
    private static final List<String> FIXED_HEAP = List.of("-Xms192m", "-Xmx192m");

    @Override
    public String name() {
        return "gateway-memory";
    }

    @Override
    public void requireTools() {
        SocketIoPackage.requireTools();
    }

    @Override
    public Prepared prepare(Stack stack) {
        return new Idle(stack, SocketIoPackage.installed(stack.root()));
    }

    private record Idle(Stack stack, Path node) implements Prepared {
        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            List<Cost.Pair> pairs = new ArrayList<>();
            for (int i = 0; i < measuring.pairs(); i++) {
                calm.await();
                double ours = ofGateway(progress);
                calm.await();
                pairs.add(new Cost.Pair(ours, ofSocketIo(progress)));
            }
            return List.of(new Cost("memory of an idle connection", "KB", MAX_KILOBYTES, "socket.io", pairs));
        }

        private double ofGateway(Consumer<String> progress) throws InterruptedException {
            try (GatewayNode gateway = GatewayNode.start(stack, FIXED_HEAP)) {
                return kilobytes(gateway, Resident.ofJava(gateway.process()), progress);
            }
        }

        private double ofSocketIo(Consumer<String> progress) throws InterruptedException {
            try (LineFed socketIo = LineFed.socketIo(stack, node)) {
                return kilobytes(socketIo, Resident.ofNode(socketIo), progress);
            }
        }

        private static double kilobytes(Target target, Resident.Collection collection, Consumer<String> progress)
                throws InterruptedException {
            try (Crowd few = Crowd.of(FEW, target)) {
                long before = Resident.bytes(target.process(), collection);
                try (Crowd more = Crowd.of(MANY - FEW, target)) {
                    long after = Resident.bytes(target.process(), collection);
                    few.requireWhole();
                    more.requireWhole();
                    double each = (after - before) / 1024.0 / (MANY - FEW);
                    progress.accept(String.format(
                            Locale.ROOT,
                            "  %-24s %,d KB with %d, %,d KB with %d: %.1f KB each",
                            target.name(),
                            before / 1024,
                            FEW,
                            after / 1024,
                            MANY,
                            each));
                    return each;
                }
            }
        }
    }
}
