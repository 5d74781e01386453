package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.ksbmerp.Places;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sync.backoffice.BackOffice;
import uz.ksb.pos.sync.run.domain.FailureReason;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncStateMachine;
import uz.ksb.pos.sync.run.domain.SyncStep;
import uz.ksb.pos.sync.run.store.Confirmations;
import uz.ksb.pos.sync.run.store.Confirmations.Unconfirmed;
import uz.ksb.pos.sync.run.store.PartRepository;
import uz.ksb.pos.sync.run.store.PartRepository.ReadingOver;
import uz.ksb.pos.sync.run.store.SyncRepository;

/** Executes the steps of runs. All state is in the database, so any replica can execute the next one. */
@ApplicationScoped
class SyncSteps {
    private static final Logger LOG = Logger.getLogger(SyncSteps.class);

    private final SyncRepository syncs;
    private final PartRepository parts;
    private final Confirmations confirmations;
    private final PartTransfer transfer;
    private final SyncEnd end;
    private final Outbox outbox;
    private final BackOffice backOffice;
    private final Places places;
    private final SyncConfig config;
    private final SyncStateMachine machine;

    SyncSteps(
            SyncRepository syncs,
            PartRepository parts,
            Confirmations confirmations,
            PartTransfer transfer,
            SyncEnd end,
            Outbox outbox,
            BackOffice backOffice,
            Places places,
            SyncConfig config) {
        this.syncs = syncs;
        this.parts = parts;
        this.confirmations = confirmations;
        this.transfer = transfer;
        this.end = end;
        this.outbox = outbox;
        this.backOffice = backOffice;
        this.places = places;
        this.config = config;
        this.machine = new SyncStateMachine(config.retries());
    }

    /** @return whether another step can follow at once */
    Uni<Boolean> step(Run run) {
        return parts.open(run).chain(open -> syncs.isOverdue(run, config.limit())
                .chain(overdue -> take(run, machine.next(open, overdue))));
    }

    private Uni<Boolean> take(Run run, SyncStep step) {
        return switch (step) {
            case SyncStep.Read read -> tried(run, read.part(), read.tries(), transfer.transfer(run, read.part()));
            case SyncStep.Confirm confirm -> tried(run, confirm.part(), confirm.tries(), confirm(run, confirm));
            case SyncStep.Complete complete -> end.complete(run).replaceWith(true);
            case SyncStep.Fail fail -> end.fail(run, fail.part(), fail.reason()).replaceWith(true);
            case SyncStep.Await await -> Uni.createFrom().item(false);
        };
    }

    private Uni<Void> confirm(Run run, SyncStep.Confirm step) {
        Part part = step.part();
        return confirmations
                .begin(run, part, part.alsoConfirms())
                .call(rows -> confirm(run, step.object(), rows))
                .chain(rows -> confirmations.confirmed(run, part, rows.lastChunk()));
    }

    private Uni<Void> confirm(Run run, String object, Unconfirmed rows) {
        return rows.ids().isEmpty()
                ? Uni.createFrom().voidItem()
                : places.call(run.ksbId(), backOffice.confirm(run.ksbId(), run.deviceId(), object, rows.ids()));
    }

    /** Any failure ends a try; the next one comes after a pause. */
    private Uni<Boolean> tried(Run run, Part part, int tries, Uni<Void> work) {
        return work.replaceWith(true)
                .onFailure(ReadingOver.class)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithUni(failure -> failed(run, part, tries, failure));
    }

    private Uni<Boolean> failed(Run run, Part part, int tries, Throwable failure) {
        if (failure instanceof BackOfficeFailure told) {
            return tryAgain(run, part, tries, new FailureReason(told.reason().code(), told.getMessage()));
        }
        LOG.errorf(failure, "The part %s of the sync %s failed", part.label(), run.id());
        return tryAgain(run, part, tries, FailureReason.OF_THE_SERVICE);
    }

    private Uni<Boolean> tryAgain(Run run, Part part, int tries, FailureReason reason) {
        return outbox.inTransaction(
                        connection -> parts.tryAgain(connection, run.id(), part, machine.pauseAfter(tries), reason)
                                .chain(() -> syncs.view(connection, run))
                                .chain(view -> outbox.add(connection, SyncEvents.progress(run, view))))
                .replaceWith(true);
    }
}
