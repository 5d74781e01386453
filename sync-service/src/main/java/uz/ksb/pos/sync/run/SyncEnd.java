package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.BiFunction;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sync.run.domain.FailureReason;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.domain.SyncView.Status;
import uz.ksb.pos.sync.run.store.PartRepository;
import uz.ksb.pos.sync.run.store.SyncRepository;

/** How a run ends: completed, failed or cancelled, once. */
@ApplicationScoped
class SyncEnd {
    private final SyncRepository syncs;
    private final PartRepository parts;
    private final Outbox outbox;

    SyncEnd(SyncRepository syncs, PartRepository parts, Outbox outbox) {
        this.syncs = syncs;
        this.parts = parts;
        this.outbox = outbox;
    }

    Uni<Void> complete(Run run) {
        return outbox.inTransaction(connection -> syncs.finish(connection, run, Status.COMPLETED)
                .chain(ended -> tell(connection, run, ended, SyncEvents::completed)));
    }

    Uni<Void> fail(Run run, Part part, FailureReason reason) {
        return outbox.inTransaction(connection -> syncs.finish(connection, run, Status.FAILED)
                .call(ended -> ended
                        ? parts.fail(connection, run.id(), part, reason)
                        : Uni.createFrom().voidItem())
                .chain(ended -> tell(connection, run, ended, SyncEvents::failed)));
    }

    /**
     * Ends a run wherever it stands. Rows that were applied stay; those that were not confirmed are offered again.
     *
     * @throws Problem 404 for a run that is not the enterprise's
     */
    Uni<SyncView> cancel(String ksbId, UUID id) {
        return syncs.find(ksbId, id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("This sync")))
                .map(view -> new Run(id, ksbId, null, view.first(), true))
                .call(run -> outbox.inTransaction(connection -> syncs.finish(connection, run, Status.CANCELLED)
                        .chain(ended -> tell(connection, run, ended, SyncEvents::progress))))
                .chain(run -> syncs.find(ksbId, id))
                .map(found -> found.orElseThrow());
    }

    private Uni<Void> tell(SqlConnection connection, Run run, boolean ended, BiFunction<Run, SyncView, Event> telling) {
        return ended
                ? syncs.view(connection, run).chain(view -> outbox.add(connection, telling.apply(run, view)))
                : Uni.createFrom().voidItem();
    }
}
