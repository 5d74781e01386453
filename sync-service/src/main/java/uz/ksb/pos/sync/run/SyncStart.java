package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sync.backoffice.BackOffice;

/** Pressing Sync: one running run per device, and a cooldown between two. */
@ApplicationScoped
class SyncStart {
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
        if (!backOffice.isConfigured(caller.ksbId())) {
            return Uni.createFrom().failure(Problem.rule("no-back-office", "ksbId", "has no back office to sync with"));
        }
        return outbox.inTransaction(connection -> start(connection, caller)).invoke(view -> runs.wake(caller.ksbId()));
    }

    private Uni<SyncView> start(SqlConnection connection, Caller caller) {
        return syncs.lockDevice(connection, caller.ksbId(), caller.deviceId())
                .chain(() -> syncs.cooldown(connection, caller.ksbId(), caller.deviceId()))
                .chain(cooldown -> {
                    if (cooldown.running() != null) {
                        return syncs.view(
                                connection, new Run(cooldown.running(), caller.ksbId(), caller.deviceId(), false));
                    }
                    if (cooldown.nextAllowedAt() != null) {
                        throw Problem.tooMany(
                                "sync-cooldown",
                                "The next sync is possible at " + cooldown.nextAllowedAt() + ".",
                                Duration.ofSeconds(cooldown.secondsLeft()));
                    }
                    return insert(connection, caller);
                });
    }

    private Uni<SyncView> insert(SqlConnection connection, Caller caller) {
        UUID id = Ids.next();
        return syncs.insert(connection, id, caller.ksbId(), caller.deviceId(), caller.login(), config.cooldown())
                .call(run -> outbox.add(connection, SyncEvents.requested(run)))
                .chain(run -> syncs.view(connection, run));
    }
}
