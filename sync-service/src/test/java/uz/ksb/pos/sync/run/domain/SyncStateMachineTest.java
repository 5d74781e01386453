package uz.ksb.pos.sync.run.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.sync.run.domain.SyncView.PartState;

class SyncStateMachineTest {
    private static final FailureReason AWAY = new FailureReason("back-office-unreachable", "away");

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final SyncStateMachine machine = new SyncStateMachine(List.of(SHORT, LONG));

    @Test
    void aRunWithoutOpenPartsIsComplete() {
        assertThat(machine.next(Optional.empty(), false)).isEqualTo(new SyncStep.Complete());
        assertThat(machine.next(Optional.empty(), true)).isEqualTo(new SyncStep.Complete());
    }

    @Test
    void aWaitingPartIsRead() {
        assertThat(next(PartState.WAITING, 0)).isEqualTo(new SyncStep.Read(Part.PRODUCTS, 1));
    }

    @Test
    void aReadingWhoseProcessDiedIsBegunAgain() {
        assertThat(next(PartState.READING, 1)).isEqualTo(new SyncStep.Read(Part.PRODUCTS, 2));
    }

    @Test
    void aReadingThatKeepsKillingItsProcessEndsTheRun() {
        assertThat(next(PartState.READING, 3)).isEqualTo(new SyncStep.Fail(Part.PRODUCTS, FailureReason.NO_TRY_ENDED));
    }

    @Test
    void aPartWhoseTriesAreUsedUpEndsTheRunWithTheReason() {
        PartProgress part = new PartProgress(Part.PRODUCTS, PartState.WAITING, 3, true, null, AWAY);

        assertThat(machine.next(Optional.of(part), false)).isEqualTo(new SyncStep.Fail(Part.PRODUCTS, AWAY));
    }

    @Test
    void aPartThatIsNotDueWaits() {
        PartProgress part = new PartProgress(Part.PRODUCTS, PartState.WAITING, 1, false, null, AWAY);

        assertThat(machine.next(Optional.of(part), false)).isEqualTo(new SyncStep.Await());
    }

    @Test
    void aPartThatIsBeingAppliedWaits() {
        assertThat(next(PartState.APPLYING, 1)).isEqualTo(new SyncStep.Await());
    }

    @Test
    void appliedRowsAreConfirmed() {
        assertThat(next(PartState.APPLIED, 0)).isEqualTo(new SyncStep.Confirm(Part.PRODUCTS, 1, "product_update"));
    }

    @Test
    void thePartWithoutRowsWaitsForItsAnswer() {
        PartProgress sales = new PartProgress(Part.SALES, PartState.WAITING, 0, true, null, null);

        assertThat(machine.next(Optional.of(sales), false)).isEqualTo(new SyncStep.Await());
    }

    @Test
    void anOverdueRunFails() {
        PartProgress part = new PartProgress(Part.RATES, PartState.APPLYING, 1, true, null, null);

        assertThat(machine.next(Optional.of(part), true))
                .isEqualTo(new SyncStep.Fail(Part.RATES, FailureReason.TOO_LONG));
    }

    @Test
    void anOverdueRunTellsWhatItsTriesFailedFor() {
        PartProgress part = new PartProgress(Part.PRODUCTS, PartState.WAITING, 2, true, null, AWAY);

        assertThat(machine.next(Optional.of(part), true)).isEqualTo(new SyncStep.Fail(Part.PRODUCTS, AWAY));
    }

    @Test
    void pausesGrowAndTheLastFailureHasNone() {
        assertThat(machine.pauseAfter(1)).isEqualTo(SHORT);
        assertThat(machine.pauseAfter(2)).isEqualTo(LONG);
        assertThat(machine.pauseAfter(3)).isZero();
    }

    @Test
    void aPartIsAnsweredOnce() {
        assertThat(SyncStateMachine.awaitsAnswer(Part.PRODUCTS, PartState.APPLYING))
                .isTrue();
        assertThat(SyncStateMachine.awaitsAnswer(Part.PRODUCTS, PartState.APPLIED))
                .isFalse();
        assertThat(SyncStateMachine.awaitsAnswer(Part.PRODUCTS, PartState.WAITING))
                .isFalse();
        assertThat(SyncStateMachine.awaitsAnswer(Part.SALES, PartState.WAITING)).isTrue();
        assertThat(SyncStateMachine.awaitsAnswer(Part.SALES, PartState.APPLIED)).isFalse();
    }

    @Test
    void aPartWhoseRowsDidNotAllArriveIsNotApplied() {
        assertThat(SyncStateMachine.missing(Part.PRODUCTS, 3, 1))
                .contains(new FailureReason("rows-lost", "1 of 3 rows arrived"));
        assertThat(SyncStateMachine.missing(Part.PRODUCTS, 3, 3)).isEmpty();
        assertThat(SyncStateMachine.missing(Part.SALES, 0, 7)).isEmpty();
    }

    private SyncStep next(PartState state, int attempts) {
        PartProgress part = new PartProgress(Part.PRODUCTS, state, attempts, true, "product_update", null);
        return machine.next(Optional.of(part), false);
    }
}
