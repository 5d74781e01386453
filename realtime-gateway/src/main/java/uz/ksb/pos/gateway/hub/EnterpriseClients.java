package uz.ksb.pos.gateway.hub;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.metrics.LiveStats;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.Ring;

/** One enterprise's clients on this node. */
final class EnterpriseClients {
    private final Ring ring;
    private final LiveMetrics metrics;
    private final ConcurrentMap<Object, LoopClients> groups = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong measured;

    EnterpriseClients(Ring ring, LiveMetrics metrics) {
        this.ring = ring;
        this.metrics = metrics;
        this.measured = new AtomicLong(ring.next());
    }

    Ring ring() {
        return ring;
    }

    LiveStats stats() {
        return new LiveStats(connections.get(), ring.next() - ring.first(), ring.bytes());
    }

    void wake() {
        groups.values().forEach(LoopClients::wake);
    }

    void each(Consumer<Subscriber> action) {
        groups.values().forEach(group -> group.each(action));
    }

    void add(Subscriber subscriber) {
        group(subscriber.sink().loop()).add(subscriber);
        connections.incrementAndGet();
    }

    void remove(Subscriber subscriber) {
        group(subscriber.sink().loop()).remove(subscriber);
        connections.decrementAndGet();
    }

    private LoopClients group(ClientSink.Loop loop) {
        return groups.computeIfAbsent(loop.key(), key -> new LoopClients(loop, ring, this::measureLag));
    }

    /** Each event once: when the first event loop has written it. */
    private void measureLag() {
        long written = ring.next();
        long first = Math.max(measured.getAndAccumulate(written, Math::max), ring.first());
        for (long index = first; index < written; index++) {
            Frame frame = ring.get(index);
            if (frame != null) {
                metrics.written(frame);
            }
        }
    }
}
