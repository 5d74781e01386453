package uz.ksb.pos.sync.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.ksbmerp.Places;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.sync.run.store.ReaderLeases;
import uz.ksb.pos.sync.run.store.SyncRepository;

/**
 * Drives the runs: one reader per enterprise at a time over all replicas, the oldest run first. Woken by a start and by an
 * answer; a sweep behind it finds those that had no place, and what was left by a replica that died.
 */
@ApplicationScoped
class SyncRunner {
    private static final Logger LOG = Logger.getLogger(SyncRunner.class);

    private final SyncRepository syncs;
    private final ReaderLeases leases;
    private final SyncSteps steps;
    private final SyncConfig config;
    private final Places places;
    private final Set<String> wokenMeanwhile = ConcurrentHashMap.newKeySet();

    SyncRunner(SyncRepository syncs, ReaderLeases leases, SyncSteps steps, SyncConfig config, Places places) {
        this.syncs = syncs;
        this.leases = leases;
        this.steps = steps;
        this.config = config;
        this.places = places;
    }

    /** Lets the enterprise's runs go on, without waiting for them. */
    void wake(String ksbId) {
        if (places.hasTurn(ksbId)) {
            wokenMeanwhile.add(ksbId);
        } else {
            begin(ksbId, false);
        }
    }

    /** The sweep comes back to those that find no room, the longest waiting first. */
    private void begin(String ksbId, boolean slow) {
        if (!places.enter(ksbId, slow)) {
            return;
        }
        leases.take(ksbId)
                .chain(wasSlow -> wasSlow == null ? Uni.createFrom().voidItem() : turn(ksbId, wasSlow))
                .onTermination()
                .invoke(() -> rest(ksbId))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("The sync of %s goes on later: %s", ksbId, failure));
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return leases.waiting(
                        places.hasRoom(false), places.hasRoom(true), config.maxReaders() + config.maxSlowReaders())
                .invoke(found -> found.forEach(one -> begin(one.ksbId(), one.slow())))
                .replaceWithVoid();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renewLeases() {
        return OneByOne.each(places.enterprises(), leases::take);
    }

    private Uni<Void> turn(String ksbId, boolean wasSlow) {
        return wasSlow && !places.stepAside(ksbId)
                ? leases.giveBack(ksbId)
                : drive(ksbId).eventually(() -> leases.release(ksbId, places.wasSlow(ksbId)));
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
        places.leave(ksbId);
        if (wokenMeanwhile.remove(ksbId)) {
            wake(ksbId);
        }
    }
}
