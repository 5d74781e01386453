package uz.ksb.pos.sync.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.sync.run.store.ReaderLeases;
import uz.ksb.pos.sync.run.store.SyncRepository;

/**
 * Drives the runs: one reader per enterprise at a time over all replicas, the oldest run first. Woken by a start and by an
 * answer; a sweep behind it finds what was left by a replica that died.
 */
@ApplicationScoped
class SyncRunner {
    private static final Logger LOG = Logger.getLogger(SyncRunner.class);

    private final SyncRepository syncs;
    private final ReaderLeases leases;
    private final SyncSteps steps;
    private final SyncConfig config;
    private final Set<String> driven = ConcurrentHashMap.newKeySet();
    private final Set<String> wokenMeanwhile = ConcurrentHashMap.newKeySet();

    SyncRunner(SyncRepository syncs, ReaderLeases leases, SyncSteps steps, SyncConfig config) {
        this.syncs = syncs;
        this.leases = leases;
        this.steps = steps;
        this.config = config;
    }

    /** Lets the enterprise's runs go on, without waiting for them. */
    void wake(String ksbId) {
        if (driven.contains(ksbId)) {
            wokenMeanwhile.add(ksbId);
            return;
        }
        // The sweep comes back to those that find no room, the longest waiting first.
        if (driven.size() >= config.maxReaders() || !driven.add(ksbId)) {
            return;
        }
        leases.take(ksbId)
                .chain(taken -> taken
                        ? drive(ksbId).eventually(() -> leases.release(ksbId))
                        : Uni.createFrom().voidItem())
                .onTermination()
                .invoke(() -> rest(ksbId))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("The sync of %s goes on later: %s", ksbId, failure));
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return syncs.enterprisesWithWork()
                .invoke(found -> found.forEach(this::wake))
                .replaceWithVoid();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renewLeases() {
        return OneByOne.each(driven, leases::take);
    }

    private Uni<Void> drive(String ksbId) {
        return Multi.createBy()
                .repeating()
                .uni(() -> syncs.oldestRunning(ksbId)
                        .chain(run -> run.isEmpty() ? Uni.createFrom().item(false) : steps.step(run.get())))
                .whilst(goesOn -> goesOn)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void rest(String ksbId) {
        driven.remove(ksbId);
        if (wokenMeanwhile.remove(ksbId)) {
            wake(ksbId);
        }
    }
}
