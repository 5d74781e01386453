package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uz.ksb.pos.sync.backoffice.BackOffice.Delta.Confirmation;
import uz.ksb.pos.sync.run.SyncView.PartState;
import uz.ksb.pos.sync.run.SyncView.PartView;
import uz.ksb.pos.sync.time.DatabaseTime;

/** Runs and their parts in the database. Every statement is bound to one enterprise or one run. */
@ApplicationScoped
class SyncRepository {
    private static final String VIEW = """
            select s.*, (select jsonb_agg(jsonb_build_object(
                'part', p.part, 'state', p.state, 'received', p.received, 'applied', p.applied,
                'unchanged', p.unchanged, 'rejected', p.rejected, 'reason', p.reason) order by p.ordinal)
                from sync_parts p where p.sync_id = s.id) as parts
            from syncs s
            """;

    private final Pool pool;
    private final ObjectMapper json;
    private final DatabaseTime time;

    SyncRepository(Pool pool, ObjectMapper json, DatabaseTime time) {
        this.pool = pool;
        this.json = json;
        this.time = time;
    }

    /** The part that a run has to go on with. */
    record NextPart(Part part, PartState state, int attempts, boolean due, Confirmation confirmation) {}

    /** Whether a device may press Sync. */
    record Cooldown(Instant nextAllowedAt, long secondsLeft, UUID running) {}

    /** Until the transaction ends nobody else starts a run for this device. */
    Uni<Void> lockDevice(SqlConnection connection, String ksbId, String deviceId) {
        return connection
                .preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of(ksbId + "/" + deviceId))
                .replaceWithVoid();
    }

    Uni<Cooldown> cooldown(SqlClient client, String ksbId, String deviceId) {
        return client.preparedQuery("""
                        select max(next_allowed_at) filter (where next_allowed_at > %1$s) as next_allowed_at,
                            ceil(extract(epoch from max(next_allowed_at) - %1$s))::bigint as seconds_left,
                            (array_agg(id) filter (where status = 'RUNNING'))[1] as running
                        from syncs where ksb_id = $1 and device_id = $2""".formatted(time.now()))
                .execute(Tuple.of(ksbId, deviceId))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    Instant next = instant(row, "next_allowed_at");
                    return new Cooldown(next, next == null ? 0 : row.getLong("seconds_left"), row.getUUID("running"));
                });
    }

    Uni<Cooldown> cooldown(String ksbId, String deviceId) {
        return cooldown(pool, ksbId, deviceId);
    }

    /** Stores a new run with all its parts; a device's first run starts no cooldown. */
    Uni<Run> insert(SqlConnection connection, UUID id, String ksbId, String deviceId, String login, Duration cooldown) {
        return connection
                .preparedQuery("""
                        with earlier as (
                            select exists (select from syncs
                                where ksb_id = $2 and device_id = $3 and status = 'COMPLETED') as any)
                        insert into syncs (id, ksb_id, device_id, first, status, started_by, started_at, next_allowed_at)
                        select $1, $2, $3, not earlier.any, 'RUNNING', $4, %1$s,
                            case when earlier.any then %1$s + make_interval(secs => $5) end
                        from earlier returning *""".formatted(time.now()))
                .execute(Tuple.of(id, ksbId, deviceId, login, (double) cooldown.toSeconds()))
                .map(rows -> run(rows.iterator().next()))
                .call(run -> connection
                        .preparedQuery("""
                                insert into sync_parts (sync_id, part, ordinal)
                                select $1, part, ordinal from unnest($2::text[]) with ordinality as p(part, ordinal)""")
                        .execute(Tuple.of(id, Part.labels().toArray(String[]::new))));
    }

    Uni<Optional<SyncView>> find(String ksbId, UUID id) {
        return pool.preparedQuery(VIEW + "where s.ksb_id = $1 and s.id = $2")
                .execute(Tuple.of(ksbId, id))
                .map(this::first);
    }

    Uni<SyncView> view(SqlClient client, Run run) {
        return client.preparedQuery(VIEW + "where s.ksb_id = $1 and s.id = $2")
                .execute(Tuple.of(run.ksbId(), run.id()))
                .map(this::first)
                .map(Optional::orElseThrow);
    }

    Uni<List<SyncView>> newest(String ksbId, int limit) {
        return pool.preparedQuery(VIEW + "where s.ksb_id = $1 order by s.started_at desc limit $2")
                .execute(Tuple.of(ksbId, limit))
                .map(rows -> stream(rows).map(this::view).toList());
    }

    Uni<List<String>> enterprisesWithWork() {
        return pool.query("select distinct ksb_id from syncs where status = 'RUNNING'")
                .execute()
                .map(rows -> stream(rows).map(row -> row.getString(0)).toList());
    }

    Uni<Optional<Run>> oldestRunning(String ksbId) {
        return pool.preparedQuery(
                        "select * from syncs where ksb_id = $1 and status = 'RUNNING' order by started_at limit 1")
                .execute(Tuple.of(ksbId))
                .map(rows -> stream(rows).findFirst().map(SyncRepository::run));
    }

    Uni<Boolean> isOverdue(Run run, Duration limit) {
        return pool.preparedQuery("select started_at + make_interval(secs => $2) < " + time.now()
                        + " as overdue from syncs where id = $1")
                .execute(Tuple.of(run.id(), (double) limit.toSeconds()))
                .map(rows -> rows.iterator().next().getBoolean("overdue"));
    }

    /** The first part that is not applied and confirmed; empty: all are. */
    Uni<Optional<NextPart>> nextPart(Run run) {
        return pool.preparedQuery("""
                        select part, state, attempts, next_attempt_at <= %s as due, confirmable from sync_parts
                        where sync_id = $1 and (state <> 'APPLIED' or confirmable is not null)
                        order by ordinal limit 1""".formatted(time.now()))
                .execute(Tuple.of(run.id()))
                .map(rows -> stream(rows).findFirst().map(this::nextPart));
    }

    /**
     * A reading that has begun.
     *
     * @param version of its rows, larger than that of any reading begun before
     */
    record Reading(long version, Instant at) {}

    Uni<Reading> beginReading(Run run, Part part) {
        return pool.preparedQuery("""
                        update sync_parts set state = 'READING', attempts = attempts + 1
                        where sync_id = $1 and part = $2 returning nextval('row_versions') as version, %s as at""".formatted(time.now()))
                .execute(Tuple.of(run.id(), part.label()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Reading(
                        row.getLong("version"), row.getOffsetDateTime("at").toInstant()));
    }

    Uni<Void> awaitAnswer(SqlConnection connection, Run run, Part part, int received, Confirmation confirmation) {
        return connection
                .preparedQuery("""
                        update sync_parts set state = 'APPLYING', received = $3, confirmable = $4, reason = null
                        where sync_id = $1 and part = $2""")
                .execute(Tuple.of(
                        run.id(),
                        part.label(),
                        received,
                        confirmation == null ? null : JsonObject.mapFrom(confirmation)))
                .replaceWithVoid();
    }

    /** Stores the answer for a part once. @return the run, if it goes on */
    Uni<Optional<Run>> applied(SqlConnection connection, SyncEvents.PartApplied answer) {
        JsonArray rejected = new JsonArray(write(answer.rejected() == null ? List.of() : answer.rejected()));
        return connection
                .preparedQuery("""
                        update sync_parts set state = 'APPLIED', received = greatest(received, $3), applied = $4,
                            unchanged = $5, rejected = $6, attempts = 0, next_attempt_at = '-infinity', reason = null
                        where sync_id = $1 and part = $2 and state <> 'APPLIED'""")
                .execute(Tuple.of(
                        answer.syncId(),
                        answer.part(),
                        answer.received(),
                        answer.applied(),
                        answer.unchanged(),
                        rejected))
                .chain(() -> connection
                        .preparedQuery("select * from syncs where id = $1 and status = 'RUNNING'")
                        .execute(Tuple.of(answer.syncId())))
                .map(rows -> stream(rows).findFirst().map(SyncRepository::run));
    }

    Uni<Void> confirmed(Run run, Part part) {
        return pool.preparedQuery("update sync_parts set confirmable = null where sync_id = $1 and part = $2")
                .execute(Tuple.of(run.id(), part.label()))
                .replaceWithVoid();
    }

    Uni<Void> tryAgain(Run run, Part part, Duration pause, String reason) {
        return pool.preparedQuery("""
                        update sync_parts set state = case when state = 'READING' then 'WAITING' else state end,
                            attempts = greatest(attempts, $5), reason = $3,
                            next_attempt_at = %s + make_interval(secs => $4)
                        where sync_id = $1 and part = $2""".formatted(time.now()))
                .execute(Tuple.of(run.id(), part.label(), reason, pause.toMillis() / 1000.0, 1))
                .replaceWithVoid();
    }

    Uni<Void> failPart(SqlConnection connection, Run run, Part part, String reason) {
        return connection
                .preparedQuery("update sync_parts set state = 'FAILED', reason = $3 where sync_id = $1 and part = $2")
                .execute(Tuple.of(run.id(), part.label(), reason))
                .replaceWithVoid();
    }

    /** Ends a run that is still running. @return false when somebody else ended it first */
    Uni<Boolean> finish(SqlConnection connection, Run run, SyncView.Status status) {
        return connection
                .preparedQuery("""
                        update syncs set status = $2, finished_at = %s,
                            next_allowed_at = case when $2 = 'FAILED' then null else next_allowed_at end
                        where id = $1 and status = 'RUNNING'""".formatted(time.now()))
                .execute(Tuple.of(run.id(), status.name()))
                .map(updated -> updated.rowCount() == 1);
    }

    private Optional<SyncView> first(RowSet<Row> rows) {
        return stream(rows).findFirst().map(this::view);
    }

    private SyncView view(Row row) {
        return new SyncView(
                row.getUUID("id"),
                SyncView.Status.valueOf(row.getString("status")),
                row.getBoolean("first"),
                read(row.getJsonArray("parts").encode(), new TypeReference<List<PartView>>() {}),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                instant(row, "next_allowed_at"));
    }

    private NextPart nextPart(Row row) {
        JsonObject confirmable = row.getJsonObject("confirmable");
        return new NextPart(
                Part.labelled(row.getString("part")),
                PartState.valueOf(row.getString("state")),
                row.getInteger("attempts"),
                row.getBoolean("due"),
                confirmable == null ? null : read(confirmable.encode(), new TypeReference<Confirmation>() {}));
    }

    private static Run run(Row row) {
        return new Run(row.getUUID("id"), row.getString("ksb_id"), row.getString("device_id"), row.getBoolean("first"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored run cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run cannot be stored", e);
        }
    }
}
