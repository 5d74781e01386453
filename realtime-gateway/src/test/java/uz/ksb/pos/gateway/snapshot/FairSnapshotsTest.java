package uz.ksb.pos.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.snapshot.Snapshots.Snapshot;
import uz.ksb.pos.gateway.testing.Till;

class FairSnapshotsTest {
    private final List<CompletableFuture<Snapshot>> asked = new ArrayList<>();
    private final FairSnapshots snapshots = new FairSnapshots((channel, verified) -> {
        CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    });

    @Test
    void anEnterpriseReadsAFewAtATimeAndInOrder() {
        List<CompletableFuture<Snapshot>> answers = fetch("10000001", 100);
        assertThat(asked).hasSize(FairSnapshots.MAX_AT_ONCE);

        for (int reading = 0; reading < 100; reading++) {
            Snapshot value = new Snapshot.Value(new byte[] {(byte) reading});
            asked.get(reading).complete(value);
            assertThat(answers.get(reading)).isCompletedWithValue(value);
        }
        assertThat(asked).hasSize(100);
    }

    @Test
    void anotherEnterpriseDoesNotWait() {
        List<CompletableFuture<Snapshot>> unused = fetch("10000001", 100);

        CompletableFuture<Snapshot> other = fetch("10000002", 1).getFirst();
        asked.getLast().complete(new Snapshot.Refused());

        assertThat(other).isCompletedWithValue(new Snapshot.Refused());
    }

    @Test
    void aQueueWithoutEndIsRefused() {
        List<CompletableFuture<Snapshot>> answers =
                fetch("10000001", FairSnapshots.MAX_AT_ONCE + FairSnapshots.MAX_WAITING + 1);

        assertThat(answers.getLast()).isCompletedWithValue(new Snapshot.Unavailable());
        assertThat(answers.get(answers.size() - 2)).isNotDone();
    }

    @Test
    void aReadingThatFailsMakesRoom() {
        List<CompletableFuture<Snapshot>> answers = fetch("10000001", FairSnapshots.MAX_AT_ONCE + 1);

        asked.getFirst().completeExceptionally(new IllegalStateException("away"));

        assertThat(answers.getFirst()).isCompletedWithValue(new Snapshot.Unavailable());
        assertThat(asked).hasSize(FairSnapshots.MAX_AT_ONCE + 1);
    }

    private List<CompletableFuture<Snapshot>> fetch(String ksbId, int count) {
        List<CompletableFuture<Snapshot>> answers = new ArrayList<>();
        for (int channel = 0; channel < count; channel++) {
            CompletionStage<Snapshot> answer = snapshots.fetch(Channel.of(Channel.Kind.TOTALS), Till.verified(ksbId));
            answers.add(answer.toCompletableFuture());
        }
        return answers;
    }
}
