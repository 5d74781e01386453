package uz.ksb.pos.benchmarks.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.client.Followers;
import uz.ksb.pos.benchmarks.gateway.client.Restarts;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.Nodes;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/**
 * A node goes away under load, by SIGTERM and by kill -9, and its 1,000 clients go on on the other one: each must hear each
 * event once, in order. Every seventh event stands twice in the log, as after a relay that died.
 */
public final class RestartBenchmark implements Benchmark {
    private static final int CLIENTS = 1_000;
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final int REPEATED = 7;
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    @Override
    public String name() {
        return "gateway-restart";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Opened opened = new Opened();
        try {
            Nodes nodes = opened.add(Nodes.start(stack));
            return new Following(nodes, opened.add(Followers.of(CLIENTS, nodes.ports(), nodes.tokens())), opened);
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
    }

    private static final class Following implements Prepared {
        private final Nodes nodes;
        private final Followers clients;
        private final Opened opened;
        private volatile boolean loading;
        private volatile int published;
        private Restarts.Round before = new Restarts.Round(0, 0, 0, 0, 0);

        Following(Nodes nodes, Followers clients, Opened opened) {
            this.nodes = nodes;
            this.clients = clients;
            this.opened = opened;
        }

        /** An outage with events before, during and after it. */
        @FunctionalInterface
        private interface Outage {
            void happen() throws InterruptedException;
        }

        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            List<Restarts.Round> planned = new ArrayList<>();
            List<Restarts.Round> killed = new ArrayList<>();
            Duration beside = measuring.round().dividedBy(3);
            for (int pair = 0; pair < measuring.pairs(); pair++) {
                calm.await();
                planned.add(during(beside, () -> nodes.stop(FIRST)));
                nodes.start(FIRST);
                progress.accept("  planned restart          " + planned.getLast());
                calm.await();
                killed.add(during(beside, () -> nodes.kill(SECOND)));
                nodes.start(SECOND);
                progress.accept("  kill -9                  " + killed.getLast());
            }
            return List.of(new Restarts("planned restart", CLIENTS, planned), new Restarts("kill -9", CLIENTS, killed));
        }

        private Restarts.Round during(Duration beside, Outage outage) throws InterruptedException {
            loading = true;
            Thread load = Thread.ofPlatform().daemon().name("load").start(this::load);
            try {
                TimeUnit.NANOSECONDS.sleep(beside.toNanos());
                outage.happen();
                TimeUnit.NANOSECONDS.sleep(beside.toNanos());
            } finally {
                loading = false;
                load.join();
            }
            Restarts.Round all = clients.settle(published);
            Restarts.Round since = new Restarts.Round(
                    all.lost() - before.lost(),
                    all.doubled() - before.doubled(),
                    all.outOfOrder() - before.outOfOrder(),
                    all.notRecovered() - before.notRecovered(),
                    all.longestBreakMillis());
            before = all;
            return since;
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one load at a time
        private void load() {
            while (loading) {
                nodes.publish(Events.event(published), published % REPEATED == 0);
                published++;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
