package uz.ksb.pos.sync.run.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.syncpart.PartApplied;
import uz.ksb.pos.sync.backoffice.Delta;
import uz.ksb.pos.sync.run.domain.FailureReason;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.PartChunk;
import uz.ksb.pos.sync.run.domain.PartProgress;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.domain.SyncView.PartState;
import uz.ksb.pos.sync.run.domain.SyncView.RejectedRow;

/** The parts of runs, and the ids of their rows until these are confirmed. */
@ApplicationScoped
public class PartRepository {
    private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

    /** Until the transaction ends the run cannot end: what it keeps would be left behind. */
    private static final String COUNT = """
            with run as (select id from syncs where id = $1 and status = 'RUNNING' for share)
            update sync_parts set received = received + $4, rejected_count = rejected_count + $5,
                rejected = case when jsonb_array_length(rejected) < $6 then rejected || $7 else rejected end
            where sync_id = $1 and part = $2 and reading = $3 and state = 'READING'
              and exists (select from run)""";

    private static final String KEEP = """
            insert into sync_chunks (sync_id, part, chunk, reading, ids) values ($1, $2, $3, $4, $5)""";

    private static final String APPLY = """
            update sync_parts set state = 'APPLIED', received = greatest(received, $3), applied = $4, unchanged = $5,
                rejected_count = rejected_count + $6,
                rejected = case when jsonb_array_length(rejected) < $7 then rejected || $8 else rejected end,
                attempts = 0, next_attempt_at = '-infinity', reason = null, reason_code = null
            where sync_id = $1 and part = $2""";

    private final Pool pool;
    private final DatabaseClock clock;

    PartRepository(Pool pool, DatabaseClock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * A reading that has begun.
     *
     * @param number also the version of its rows: larger than that of any reading begun before
     */
    public record Reading(long number, Instant at) {}

    /** An answer cannot change the part any more: its run was ended, or another reading of it was begun. */
    public static final class ReadingOver extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReadingOver() {
            super("the reading is over", null, false, false);
        }
    }

    /** A part that is answered now; locked. */
    public record Answered(PartState state, int attempts, int sent) {}

    /** The first part that is not applied and confirmed; empty: all are. */
    public Uni<Optional<PartProgress>> open(Run run) {
        return pool.preparedQuery("""
                        select part, state, attempts, %s as due, object, reason, reason_code from sync_parts p
                        where sync_id = $1 and (state <> 'APPLIED' or object is not null
                            and exists (select from sync_chunks c where c.sync_id = $1 and c.part = p.part))
                        order by ordinal limit 1""".formatted(clock.isPast("next_attempt_at", MAX_PAUSE)))
                .execute(Tuple.of(run.id()))
                .map(rows -> Rows.stream(rows).findFirst().map(PartRepository::progress));
    }

    /** Begins a try: a part that was half sent is sent anew. */
    public Uni<Reading> beginReading(SqlConnection connection, Run run, Part part) {
        return connection
                .preparedQuery("""
                        with forgotten as (delete from sync_chunks where sync_id = $1 and part = $2)
                        update sync_parts set state = 'READING', attempts = attempts + 1, reading = nextval('row_versions'),
                            received = 0, rejected_count = 0, rejected = '[]', object = null
                        where sync_id = $1 and part = $2 and state in ('WAITING', 'READING')
                            and exists (select from syncs where id = $1 and status = 'RUNNING')
                        returning reading, %s as at""".formatted(clock.now()))
                .execute(Tuple.of(run.id(), part.label()))
                .map(rows -> Rows.stream(rows).findFirst().orElseThrow(ReadingOver::new))
                .map(row -> new Reading(
                        row.getLong("reading"), row.getOffsetDateTime("at").toInstant()));
    }

    /** Counts a chunk, and keeps its ids when they are to be confirmed. Fails with {@link ReadingOver}. */
    public Uni<Void> count(
            SqlConnection connection, Run run, Part part, Reading reading, boolean confirmed, PartChunk chunk) {
        JsonArray refused = array(chunk.refused().stream()
                .limit(SyncView.MAX_REJECTED)
                .map(row -> new RejectedRow(row.id(), row.reason()))
                .toList());
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.from(List.of(
                        run.id(),
                        part.label(),
                        reading.number(),
                        chunk.size(),
                        chunk.refused().size(),
                        SyncView.MAX_REJECTED,
                        refused)))
                .invoke(PartRepository::mustGoOn)
                .chain(() -> !confirmed || chunk.offered().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : keep(connection, run, part, reading, chunk));
    }

    private static Uni<Void> keep(SqlConnection connection, Run run, Part part, Reading reading, PartChunk chunk) {
        String[] ids = chunk.offered().stream().map(Delta.Row.Offered::id).toArray(String[]::new);
        return connection
                .preparedQuery(KEEP)
                .execute(Tuple.of(run.id(), part.label(), chunk.number(), reading.number(), ids))
                .replaceWithVoid();
    }

    /**
     * All rows are sent: the part waits for its answer. Fails with {@link ReadingOver}.
     *
     * @param object the ERP's word for rows that are to be confirmed; null: none
     * @return how many were sent
     */
    public Uni<Integer> awaitAnswer(SqlConnection connection, Run run, Part part, Reading reading, String object) {
        return connection
                .preparedQuery("""
                        update sync_parts set state = 'APPLYING', object = $4, reason = null, reason_code = null
                        where sync_id = $1 and part = $2 and reading = $3 and state = 'READING'
                            and exists (select from syncs where id = $1 and status = 'RUNNING')
                        returning received - rejected_count as sent""")
                .execute(Tuple.of(run.id(), part.label(), reading.number(), object))
                .invoke(PartRepository::mustGoOn)
                .map(rows -> rows.iterator().next().getInteger("sent"));
    }

    /** Locks a part that an answer came for; empty when there is none. */
    public Uni<Optional<Answered>> lock(SqlConnection connection, UUID syncId, Part part) {
        return connection
                .preparedQuery("""
                        select state, attempts, received - rejected_count as sent from sync_parts
                        where sync_id = $1 and part = $2 for update""")
                .execute(Tuple.of(syncId, part.label()))
                .map(rows -> Rows.stream(rows)
                        .findFirst()
                        .map(row -> new Answered(
                                PartState.valueOf(row.getString("state")),
                                row.getInteger("attempts"),
                                row.getInteger("sent"))));
    }

    /** The rows of a part are applied. */
    public Uni<Void> apply(SqlConnection connection, Part part, PartApplied answer) {
        List<RejectedRow> rejected = answer.rejected().stream()
                .map(row -> new RejectedRow(row.id(), row.reason()))
                .toList();
        return connection
                .preparedQuery(APPLY)
                .execute(Tuple.from(List.of(
                        answer.syncId(),
                        part.label(),
                        answer.received(),
                        answer.applied(),
                        answer.unchanged(),
                        Math.max(answer.rejectedCount(), rejected.size()),
                        SyncView.MAX_REJECTED,
                        array(rejected))))
                .replaceWithVoid();
    }

    /** A try failed: the part is tried again after a pause; one that is applied only has to be confirmed again. */
    public Uni<Void> tryAgain(SqlConnection connection, UUID syncId, Part part, Duration pause, FailureReason reason) {
        return connection
                .preparedQuery("""
                        update sync_parts set state = case when state = 'APPLIED' then state else 'WAITING' end,
                            reason = $3, reason_code = $5, next_attempt_at = %s + make_interval(secs => $4)
                        where sync_id = $1 and part = $2""".formatted(clock.now()))
                .execute(Tuple.of(syncId, part.label(), reason.text(), pause.toMillis() / 1000.0, reason.code()))
                .replaceWithVoid();
    }

    public Uni<Void> fail(SqlConnection connection, UUID syncId, Part part, FailureReason reason) {
        return connection
                .preparedQuery("""
                        update sync_parts set state = 'FAILED', reason = $3, reason_code = $4
                        where sync_id = $1 and part = $2""")
                .execute(Tuple.of(syncId, part.label(), reason.text(), reason.code()))
                .replaceWithVoid();
    }

    private static PartProgress progress(Row row) {
        return new PartProgress(
                Part.labelled(row.getString("part")),
                PartState.valueOf(row.getString("state")),
                row.getInteger("attempts"),
                row.getBoolean("due"),
                row.getString("object"),
                row.getString("reason") == null
                        ? null
                        : new FailureReason(row.getString("reason_code"), row.getString("reason")));
    }

    private static void mustGoOn(RowSet<Row> updated) {
        if (updated.rowCount() == 0) {
            throw new ReadingOver();
        }
    }

    private static JsonArray array(List<RejectedRow> rows) {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(new JsonObject().put("id", row.id()).put("reason", row.reason())));
        return array;
    }
}
