package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uz.ksb.pos.sync.backoffice.BackOffice;
import uz.ksb.pos.sync.backoffice.BackOffice.Delta.Confirmation;
import uz.ksb.pos.sync.backoffice.BackOfficeFailure;
import uz.ksb.pos.sync.run.SyncRepository.NextPart;
import uz.ksb.pos.sync.run.SyncView.RejectedRow;

/** One step of a run. All state is in the database, so that any replica can take the next one. */
@ApplicationScoped
class SyncStateMachine {
    private final SyncRepository syncs;
    private final PartReading reading;
    private final SyncEnd end;
    private final BackOffice backOffice;
    private final SyncConfig config;

    SyncStateMachine(SyncRepository syncs, PartReading reading, SyncEnd end, BackOffice backOffice, SyncConfig config) {
        this.syncs = syncs;
        this.reading = reading;
        this.end = end;
        this.backOffice = backOffice;
        this.config = config;
    }

    /** @return whether another step can follow at once */
    Uni<Boolean> step(Run run) {
        return syncs.nextPart(run)
                .chain(next -> next.isEmpty()
                        ? end.complete(run).replaceWith(true)
                        : syncs.isOverdue(run, config.limit()).chain(overdue -> step(run, next.get(), overdue)));
    }

    private Uni<Boolean> step(Run run, NextPart next, boolean overdue) {
        if (overdue) {
            return end.fail(run, next.part(), "no end within " + config.limit().toMinutes() + " minutes")
                    .replaceWith(true);
        }
        if (!next.due()) {
            return Uni.createFrom().item(false);
        }
        return switch (next.state()) {
            case WAITING, READING ->
                next.part().topic().isPresent()
                        ? guarded(run, next, reading.read(run, next.part()))
                        : Uni.createFrom().item(false);
            case APPLYING -> Uni.createFrom().item(false);
            case APPLIED -> guarded(run, next, confirm(run, next));
            case FAILED -> end.fail(run, next.part(), "failed before").replaceWith(true);
        };
    }

    private Uni<Void> confirm(Run run, NextPart next) {
        return syncs.find(run.ksbId(), run.id())
                .map(view -> withoutRejected(view.orElseThrow(), next))
                .chain(stored -> backOffice.confirm(run.ksbId(), run.deviceId(), stored))
                .chain(() -> syncs.confirmed(run, next.part()));
    }

    private static Confirmation withoutRejected(SyncView view, NextPart next) {
        Set<String> rejected = view.parts().stream()
                .filter(part -> part.part().equals(next.part().label()))
                .flatMap(part -> part.rejected().stream())
                .map(RejectedRow::id)
                .collect(Collectors.toSet());
        Confirmation all = next.confirmation();
        return new Confirmation(
                all.object(),
                all.ids().stream().filter(id -> !rejected.contains(id)).toList());
    }

    /** A failure of the back office is tried again a few times; then it ends the run with its reason. */
    private Uni<Boolean> guarded(Run run, NextPart next, Uni<Void> work) {
        return work.replaceWith(true)
                .onFailure(BackOfficeFailure.class)
                .recoverWithUni(failure -> retryOrFail(run, next, failure.getMessage()));
    }

    private Uni<Boolean> retryOrFail(Run run, NextPart next, String reason) {
        List<Duration> pauses = config.retries();
        return next.attempts() < pauses.size()
                ? syncs.tryAgain(run, next.part(), pauses.get(next.attempts()), reason)
                        .replaceWith(false)
                : end.fail(run, next.part(), reason).replaceWith(true);
    }
}
