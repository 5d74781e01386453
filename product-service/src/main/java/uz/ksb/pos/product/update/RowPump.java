package uz.ksb.pos.product.update;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Brings the rows of a body to the intake: cuts and reads them on worker threads, a few at a time, and never faster than they are
 * applied. Its own methods belong to the event loop of the request.
 */
final class RowPump {
    private static final int ROWS_AT_ONCE = 500;

    private final Vertx vertx;
    private final RowCutter cutter;
    private final UpdateIntake intake;
    private final Runnable askForMore;
    private Iterator<byte[]> pieces = List.<byte[]>of().iterator();
    private boolean working;
    private boolean drained = true;
    private boolean ended;
    private Runnable mustBeWhole;

    /**
     * @param askForMore lets the next piece come
     */
    RowPump(Vertx vertx, RowCutter cutter, UpdateIntake intake, Runnable askForMore) {
        this.vertx = vertx;
        this.cutter = cutter;
        this.intake = intake;
        this.askForMore = askForMore;
    }

    private record Batch(List<UpdateRow> rows, boolean drained) {}

    /** The next bytes, when more were asked for. They are taken one after the other, on worker threads. */
    void feed(Iterator<byte[]> bytes) {
        pieces = bytes;
        drained = false;
        advance();
    }

    /**
     * No more bytes come.
     *
     * @param mustBeWhole fails when some are missing; called after all were taken
     */
    void end(Runnable mustBeWhole) {
        ended = true;
        this.mustBeWhole = mustBeWhole;
        advance();
    }

    /** Goes on if it can; also called when rows have been applied. */
    void advance() {
        if (working || intake.isBehind() || intake.isOver()) {
            return;
        }
        if (!drained) {
            working = true;
            vertx.executeBlocking(this::cut).onSuccess(this::offer).onFailure(intake::fail);
        } else if (ended) {
            finish();
        } else {
            askForMore.run();
        }
    }

    private void finish() {
        try {
            mustBeWhole.run();
        } catch (Problem cutOff) {
            intake.fail(cutOff);
            return;
        }
        RowCutter.RawRow last = cutter.last();
        if (last != null) {
            intake.offer(UpdateRow.of(last));
        }
        intake.end();
    }

    private Batch cut() {
        List<UpdateRow> rows = new ArrayList<>();
        while (rows.size() < ROWS_AT_ONCE) {
            RowCutter.RawRow row = cutter.next();
            if (row != null) {
                rows.add(UpdateRow.of(row));
            } else if (pieces.hasNext()) {
                cutter.feed(pieces.next());
            } else {
                return new Batch(rows, true);
            }
        }
        return new Batch(rows, false);
    }

    private void offer(Batch batch) {
        working = false;
        drained = batch.drained();
        batch.rows().forEach(intake::offer);
        advance();
    }

    /** The bytes of a piece that is not compressed. */
    static Iterator<byte[]> plain(Buffer piece) {
        return List.of(piece.getBytes()).iterator();
    }
}
