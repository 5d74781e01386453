package uz.ksb.pos.product.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.product.catalogue.Product;

class UpdateIntakeTest {
    private final Deque<UniEmitter<? super UpdateResult>> running = new ArrayDeque<>();
    private final List<Integer> applied = new ArrayList<>();
    private final List<Boolean> bulk = new ArrayList<>();
    private final AtomicInteger progress = new AtomicInteger();
    private final List<Object> ends = new ArrayList<>();
    private final UpdateIntake intake = new UpdateIntake(
            (chunk, isBulk) -> {
                applied.add(chunk.size());
                bulk.add(isBulk);
                return Uni.createFrom().<UpdateResult>emitter(one -> running.add(one));
            },
            progress::incrementAndGet,
            ends::add,
            ends::add);

    @Test
    void oneChunkAtATimeIsAppliedAndRowsWaitWhileItIsBehind() {
        for (int version = 1; version <= 4; version++) {
            intake.offer(row("same", version));
        }

        assertThat(applied).containsExactly(1);
        assertThat(intake.isBehind()).isTrue();
        finishOne();
        assertThat(applied).containsExactly(1, 1);
        assertThat(progress).as("still behind: no more rows yet").hasValue(0);
        finishOne();
        assertThat(progress).hasValue(1);
        intake.end();
        finishOne();
        finishOne();
        assertThat(applied).containsExactly(1, 1, 1, 1);
        assertThat(bulk).containsExactly(false, true, true, true);
        assertThat(ends).hasSize(1).first().isInstanceOf(UpdateResult.class);
    }

    @Test
    void anUpdateThatNobodyWaitsForAppliesNoPartOfAChunk() {
        intake.offer(row("a", 1));
        intake.abandon();

        assertThat(applied).isEmpty();
        assertThat(ends).isEmpty();
    }

    @Test
    void aFailureEndsItAndNothingMoreIsApplied() {
        intake.offer(row("same", 1));
        intake.offer(row("same", 2));
        intake.offer(row("same", 3));
        running.poll().fail(new IllegalStateException("away"));

        assertThat(applied).hasSize(1);
        assertThat(ends).hasSize(1).first().isInstanceOf(IllegalStateException.class);
    }

    private void finishOne() {
        running.poll().complete(UpdateResult.NOTHING);
    }

    private static UpdateRow row(String id, long version) {
        Product product = new Product(
                id,
                version,
                "x",
                null,
                "dona",
                "UZS",
                List.of(),
                null,
                List.of(),
                List.of(),
                false,
                false,
                Product.Fiscal.UNKNOWN,
                null);
        return new UpdateRow.Readable(version, product, "{}");
    }
}
