package uz.ksb.pos.gateway.hub;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.metrics.LiveStats;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.rings.RingListener;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.snapshot.Snapshots;
import uz.ksb.pos.gateway.token.Revocations;
import uz.ksb.pos.gateway.token.VerifiedToken;
import uz.ksb.pos.platform.event.CloudEvent;

/** All clients of this node by enterprise, and what they share. */
public final class Hub implements RingListener {
    private final Log log;
    private final Snapshots snapshots;
    private final LiveMetrics metrics;
    private final Revocations revocations = new Revocations();
    private final ConcurrentMap<String, EnterpriseClients> enterprises = new ConcurrentHashMap<>();

    public Hub(Log log, Snapshots snapshots, LiveMetrics metrics) {
        this.log = log;
        this.snapshots = snapshots;
        this.metrics = metrics;
    }

    /**
     * Lets a client in. On its event loop.
     *
     * @return null when its token was issued before its device was blocked or its user disabled; one that is cut at once
     *     when the log starts anew at this moment
     */
    public Subscriber join(VerifiedToken verified, ClientSink sink) {
        EnterpriseClients enterprise = enterprise(verified.caller().ksbId());
        Subscriber subscriber = new Subscriber(this, enterprise, sink, verified);
        enterprise.add(subscriber);
        // After it was added: a revocation at this moment finds either the note or the subscriber.
        if (revocations.refuses(verified)) {
            subscriber.leave();
            return null;
        }
        if (enterprises.get(verified.caller().ksbId()) != enterprise) {
            subscriber.cut(CloseReason.RESTART);
        }
        return subscriber;
    }

    /** Whether a token was issued before its device was blocked or its user disabled. */
    public boolean refuses(VerifiedToken verified) {
        return revocations.refuses(verified);
    }

    /** Runs {@code action} for every client, each on its event loop. */
    public void each(Consumer<Subscriber> action) {
        enterprises.values().forEach(enterprise -> enterprise.each(action));
    }

    /** The same for one enterprise. */
    public void each(String ksbId, Consumer<Subscriber> action) {
        EnterpriseClients enterprise = enterprises.get(ksbId);
        if (enterprise != null) {
            enterprise.each(action);
        }
    }

    public LiveStats stats(String ksbId) {
        EnterpriseClients enterprise = enterprises.get(ksbId);
        return enterprise == null ? new LiveStats(0, 0, 0) : enterprise.stats();
    }

    @Override
    public void grown(String ksbId) {
        EnterpriseClients enterprise = enterprises.get(ksbId);
        if (enterprise != null) {
            enterprise.wake();
        }
    }

    @Override
    public void revoked(CloudEvent event, Set<String> whom, Instant at) {
        revocations.add(event, whom, at);
        each(event.ksbId(), subscriber -> {
            if (revocations.refuses(subscriber.verified())) {
                subscriber.cut(CloseReason.BLOCKED);
            }
        });
    }

    @Override
    public void lagChanged(int partition) {
        enterprises.values().stream()
                .filter(enterprise -> enterprise.ring().partition() == partition)
                .forEach(enterprise -> enterprise.each(Subscriber::tellFreshness));
    }

    @Override
    public void restarted() {
        List<EnterpriseClients> before = List.copyOf(enterprises.values());
        // First: who joins from now on joins the new ones, or finds that it has not.
        enterprises.clear();
        before.forEach(enterprise -> enterprise.each(subscriber -> subscriber.cut(CloseReason.RESTART)));
    }

    Rings rings() {
        return log.rings();
    }

    Snapshots snapshots() {
        return snapshots;
    }

    LiveMetrics metrics() {
        return metrics;
    }

    Log log() {
        return log;
    }

    private EnterpriseClients enterprise(String ksbId) {
        return enterprises.computeIfAbsent(
                ksbId, id -> new EnterpriseClients(log.rings().of(id), metrics));
    }
}
