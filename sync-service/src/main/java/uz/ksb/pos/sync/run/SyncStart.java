package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sync.backoffice.BackOffice;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.store.SyncRepository;
import uz.ksb.pos.sync.run.store.SyncRepository.Cooldown;

/** Starts runs: one per device at a time, with a cooldown between two. */
@ApplicationScoped
class SyncStart {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    /** Stands for the person where nobody has pressed a button. */
    private static final String NIGHTLY = "nightly";

    private final SyncRepository syncs;
    private final Outbox outbox;
    private final BackOffice backOffice;
    private final SyncConfig config;
    private final SyncRunner runs;

    SyncStart(SyncRepository syncs, Outbox outbox, BackOffice backOffice, SyncConfig config, SyncRunner runs) {
        this.syncs = syncs;
        this.outbox = outbox;
        this.backOffice = backOffice;
        this.config = config;
        this.runs = runs;
    }

    /**
     * Starts a run, or gives the one that is running.
     *
     * @throws Problem 429 during the cooldown, 422 when the enterprise has no back office
     */
    Uni<SyncView> start(Caller caller) {
        mustHaveBackOffice(caller);
        return outbox.inTransaction(connection -> start(connection, caller)).invoke(view -> runs.wake(caller.ksbId()));
    }

    /** Starts the nightly run, unless there was one since {@code night}, whichever replica started it. */
    Uni<Void> nightly(String ksbId, OffsetDateTime night) {
        String device = config.nightly().deviceId();
        return backOffice.isConfigured(ksbId)
                ? outbox.inTransaction(connection -> syncs.lockDevice(connection, ksbId, device)
                                .chain(() -> syncs.hasRunSince(connection, ksbId, device, night))
                                .chain(there -> there
                                        ? Uni.createFrom().voidItem()
                                        : insert(connection, ksbId, device, NIGHTLY, false)
                                                .replaceWithVoid()))
                        .invoke(() -> runs.wake(ksbId))
                : Uni.createFrom().voidItem();
    }

    Uni<Cooldown> cooldown(Caller caller) {
        return syncs.cooldown(caller.ksbId(), caller.deviceId(), config.cooldown());
    }

    /**
     * Asks the back office to offer everything again with the next sync.
     *
     * @throws Problem 503 when it cannot be asked, 422 when the enterprise has none
     */
    Uni<Void> offerEverything(Caller caller) {
        mustHaveBackOffice(caller);
        return backOffice
                .offerEverything(caller.ksbId(), caller.deviceId())
                .onFailure(BackOfficeFailure.class)
                .transform(failure -> Problem.unavailable(failure.getMessage(), RETRY_AFTER));
    }

    private void mustHaveBackOffice(Caller caller) {
        if (!backOffice.isConfigured(caller.ksbId())) {
            throw Problem.rule("no-back-office", "ksbId", "has no back office to sync with");
        }
    }

    private Uni<SyncView> start(SqlConnection connection, Caller caller) {
        return syncs.lockDevice(connection, caller.ksbId(), caller.deviceId())
                .chain(() -> syncs.cooldown(connection, caller.ksbId(), caller.deviceId(), config.cooldown()))
                .chain(cooldown -> {
                    if (cooldown.running() != null) {
                        return syncs.view(
                                connection,
                                new Run(cooldown.running(), caller.ksbId(), caller.deviceId(), false, true));
                    }
                    if (cooldown.nextAllowedAt() != null) {
                        throw Problem.tooMany(
                                "sync-cooldown",
                                "The next sync is possible at " + cooldown.nextAllowedAt() + ".",
                                Duration.ofSeconds(Math.max(1, cooldown.secondsLeft())));
                    }
                    return insert(connection, caller);
                });
    }

    private Uni<SyncView> insert(SqlConnection connection, Caller caller) {
        return insert(connection, caller.ksbId(), caller.deviceId(), caller.login(), true);
    }

    private Uni<SyncView> insert(
            SqlConnection connection, String ksbId, String deviceId, String startedBy, boolean confirms) {
        return syncs.insert(connection, Ids.next(), ksbId, deviceId, startedBy, config.cooldown(), confirms)
                .call(run -> outbox.add(connection, SyncEvents.requested(run)))
                .chain(run -> syncs.view(connection, run));
    }
}
