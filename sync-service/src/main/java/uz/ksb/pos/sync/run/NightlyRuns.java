package uz.ksb.pos.sync.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.sync.run.store.SyncRepository;

/**
 * Starts a run of every enterprise each night, when that is configured. It has a device id of its own and never confirms, so the
 * back office offers it everything, also what a till's {@code remove} may have swallowed.
 */
@ApplicationScoped
class NightlyRuns {
    private static final Logger LOG = Logger.getLogger(NightlyRuns.class);

    /** Enterprises that are looked for at a time. */
    private static final int PAGE = 500;

    private final SyncRepository syncs;
    private final SyncStart start;
    private final SyncConfig config;
    private final Clock clock;

    NightlyRuns(SyncRepository syncs, SyncStart start, SyncConfig config, Clock clock) {
        this.syncs = syncs;
        this.start = start;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "{pos.sync.nightly.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> startDue() {
        return config.nightly().at().isEmpty()
                ? Uni.createFrom().voidItem()
                : startSince(lastNight(config.nightly().at().get()));
    }

    private ZonedDateTime lastNight(LocalTime at) {
        ZonedDateTime now =
                ZonedDateTime.ofInstant(clock.instant(), config.nightly().zone());
        ZonedDateTime today = now.with(at);
        return today.isAfter(now) ? today.minusDays(1) : today;
    }

    private Uni<Void> startSince(ZonedDateTime night) {
        if (clock.instant().isAfter(night.plus(config.nightly().window()).toInstant())) {
            return Uni.createFrom().voidItem();
        }
        return startAfter("", night.toOffsetDateTime());
    }

    private Uni<Void> startAfter(String last, OffsetDateTime night) {
        return syncs.enterprisesWithoutRunSince(config.nightly().deviceId(), night, last, PAGE)
                .chain(due -> OneByOne.each(due, ksbId -> start(ksbId, night))
                        .chain(() ->
                                due.size() < PAGE ? Uni.createFrom().voidItem() : startAfter(due.getLast(), night)));
    }

    private Uni<Void> start(String ksbId, OffsetDateTime night) {
        return start.nightly(ksbId, night)
                .onFailure()
                .invoke(failure -> LOG.warnf("The nightly sync of %s did not start: %s", ksbId, failure))
                .onFailure()
                .recoverWithNull();
    }
}
