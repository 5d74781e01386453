package uz.ksb.pos.product.update;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Takes the rows of one request and has them applied, one chunk after the other, while the next ones arrive. Lives on one event
 * loop.
 */
final class UpdateIntake {
    /** A chunk of this many rows is an import, and so is every chunk after the first. */
    private static final int BULK_ROWS = 500;

    private static final int MAX_WAITING = 1;

    private final ChunkApplying applying;
    /** More rows may come. */
    private final Runnable onProgress;

    private final Consumer<UpdateResult> onDone;
    private final Consumer<Throwable> onFailure;
    private final Deque<UpdateChunk> waiting = new ArrayDeque<>();
    private UpdateChunk filling = new UpdateChunk();
    private UpdateResult result = UpdateResult.NOTHING;
    private State state = State.OPEN;
    private boolean busy;
    private boolean first = true;

    private enum State {
        OPEN,
        ENDED,
        OVER
    }

    /** Applies a chunk in a transaction; the second argument says whether it is part of an import. */
    @FunctionalInterface
    interface ChunkApplying {
        Uni<UpdateResult> apply(UpdateChunk chunk, boolean bulk);
    }

    UpdateIntake(
            ChunkApplying applying, Runnable onProgress, Consumer<UpdateResult> onDone, Consumer<Throwable> onFailure) {
        this.applying = applying;
        this.onProgress = onProgress;
        this.onDone = onDone;
        this.onFailure = onFailure;
    }

    void offer(UpdateRow row) {
        if (!filling.takes(row)) {
            waiting.add(filling);
            filling = new UpdateChunk();
        }
        filling.add(row);
        applyNext();
    }

    /** Whether more rows should wait. */
    boolean isBehind() {
        return waiting.size() >= MAX_WAITING && busy;
    }

    /** Whether no more rows count: it failed, or it was abandoned, or all rows were applied. */
    boolean isOver() {
        return state != State.OPEN;
    }

    /** All rows were offered. */
    void end() {
        if (filling.size() > 0) {
            waiting.add(filling);
        }
        state = State.ENDED;
        applyNext();
    }

    /** The sender vanished: what is not a whole chunk yet is forgotten, and nobody waits for an answer. */
    void abandon() {
        filling = new UpdateChunk();
        state = State.OVER;
    }

    private void applyNext() {
        if (busy) {
            return;
        }
        UpdateChunk next = waiting.poll();
        if (next != null) {
            busy = true;
            boolean bulk = !first || next.size() >= BULK_ROWS;
            first = false;
            applying.apply(next, bulk).subscribe().with(this::applied, this::fail);
        } else if (state == State.ENDED) {
            state = State.OVER;
            onDone.accept(result);
        }
    }

    private void applied(UpdateResult part) {
        busy = false;
        result = result.plus(part);
        applyNext();
        if (!isBehind()) {
            onProgress.run();
        }
    }

    /** Applied rows stay; nothing more is. */
    void fail(Throwable failure) {
        waiting.clear();
        if (state != State.OVER) {
            state = State.OVER;
            onFailure.accept(failure);
        }
    }
}
