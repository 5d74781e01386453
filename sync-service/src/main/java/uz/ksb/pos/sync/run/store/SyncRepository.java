package uz.ksb.pos.sync.run.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
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
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.domain.SyncView.PartView;

/** Runs in the database. Every statement is bound to one enterprise or one run. */
@ApplicationScoped
public class SyncRepository {
    private static final String VIEW = """
            select s.*, (select jsonb_agg(jsonb_build_object(
                'part', p.part, 'state', p.state, 'received', p.received, 'applied', p.applied,
                'unchanged', p.unchanged, 'rejectedCount', p.rejected_count, 'rejected', p.rejected, 'reason', p.reason, 'reasonCode', p.reason_code) order by p.ordinal)
                from sync_parts p where p.sync_id = s.id) as parts
            from syncs s
            """;

    private static final long MAX_LIST_BYTES = 2L * 1024 * 1024;

    private final Pool pool;
    private final ObjectMapper json;
    private final DatabaseClock clock;

    SyncRepository(Pool pool, ObjectMapper json, DatabaseClock clock) {
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    /** Whether a device may start a run. */
    public record Cooldown(Instant nextAllowedAt, long secondsLeft, UUID running) {}

    /** Until the transaction ends nobody else starts a run for this device. */
    public Uni<Void> lockDevice(SqlConnection connection, String ksbId, String deviceId) {
        return connection
                .preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of(ksbId + "/" + deviceId))
                .replaceWithVoid();
    }

    public Uni<Cooldown> cooldown(SqlClient client, String ksbId, String deviceId, Duration cooldown) {
        return client.preparedQuery("""
                        select next_allowed_at, ceil(extract(epoch from next_allowed_at - %s))::bigint as seconds_left, running
                        from (select max(next_allowed_at) filter (where not %s) as next_allowed_at,
                                  (array_agg(id) filter (where status = 'RUNNING'))[1] as running
                              from syncs where ksb_id = $1 and device_id = $2) device""".formatted(clock.now(), clock.isPast("next_allowed_at", cooldown)))
                .execute(Tuple.of(ksbId, deviceId))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    Instant next = Rows.instant(row, "next_allowed_at");
                    return new Cooldown(next, next == null ? 0 : row.getLong("seconds_left"), row.getUUID("running"));
                });
    }

    public Uni<Cooldown> cooldown(String ksbId, String deviceId, Duration cooldown) {
        return cooldown(pool, ksbId, deviceId, cooldown);
    }

    /** Stores a new run with all its parts; a device's first run starts no cooldown. */
    public Uni<Run> insert(
            SqlConnection connection,
            UUID id,
            String ksbId,
            String deviceId,
            String login,
            Duration cooldown,
            boolean confirms) {
        return connection
                .preparedQuery("""
                        with earlier as (
                            select exists (select from syncs
                                where ksb_id = $2 and device_id = $3 and status = 'COMPLETED') as any)
                        insert into syncs (id, ksb_id, device_id, first, status, started_by, started_at, next_allowed_at, confirms)
                        select $1, $2, $3, not earlier.any, 'RUNNING', $4, %1$s,
                            case when earlier.any then %1$s + make_interval(secs => $5) end, $6
                        from earlier returning *""".formatted(clock.now()))
                .execute(Tuple.of(id, ksbId, deviceId, login, (double) cooldown.toSeconds(), confirms))
                .map(rows -> run(rows.iterator().next()))
                .call(run -> connection
                        .preparedQuery("""
                                insert into sync_parts (sync_id, part, ordinal)
                                select $1, part, ordinal from unnest($2::text[]) with ordinality as p(part, ordinal)""")
                        .execute(Tuple.of(id, Part.labels().toArray(String[]::new))));
    }

    public Uni<Optional<SyncView>> find(String ksbId, UUID id) {
        return pool.preparedQuery(VIEW + "where s.ksb_id = $1 and s.id = $2")
                .execute(Tuple.of(ksbId, id))
                .map(this::first);
    }

    public Uni<SyncView> view(SqlClient client, Run run) {
        return client.preparedQuery(VIEW + "where s.ksb_id = $1 and s.id = $2")
                .execute(Tuple.of(run.ksbId(), run.id()))
                .map(this::first)
                .map(Optional::orElseThrow);
    }

    public Uni<List<SyncView>> newest(String ksbId, int limit) {
        return pool.preparedQuery("""
                        select * from (select *, sum(octet_length(parts::text)) over (order by started_at desc, id) as bytes
                            from (%s where s.ksb_id = $1 order by s.started_at desc, s.id limit $2) newest) measured
                        where bytes <= $3 order by started_at desc, id""".formatted(VIEW))
                .execute(Tuple.of(ksbId, limit, MAX_LIST_BYTES))
                .map(rows -> Rows.list(rows, this::view));
    }

    /**
     * Those that have ever synced to the end, and have no run of this device that began at {@code since} or later, in the order of
     * their ids.
     *
     * @param after the last one of those before; empty: begins anew
     */
    public Uni<List<String>> enterprisesWithoutRunSince(String deviceId, OffsetDateTime since, String after, int most) {
        return pool.preparedQuery("""
                        select distinct ksb_id from syncs done where status = 'COMPLETED' and ksb_id > $3 and not exists (
                            select from syncs s where s.ksb_id = done.ksb_id and s.device_id = $1 and s.started_at >= $2)
                        order by ksb_id limit $4""")
                .execute(Tuple.of(deviceId, since, after, most))
                .map(rows -> Rows.list(rows, row -> row.getString(0)));
    }

    /** Whether the device has a run that goes on, or began at {@code since} or later. */
    public Uni<Boolean> hasRunSince(SqlConnection connection, String ksbId, String deviceId, OffsetDateTime since) {
        return connection
                .preparedQuery("""
                        select exists (select from syncs where ksb_id = $1 and device_id = $2
                            and (started_at >= $3 or status = 'RUNNING'))""")
                .execute(Tuple.of(ksbId, deviceId, since))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    public Uni<Optional<Run>> oldestRunning(String ksbId) {
        return pool.preparedQuery(
                        "select * from syncs where ksb_id = $1 and status = 'RUNNING' order by started_at limit 1")
                .execute(Tuple.of(ksbId))
                .map(rows -> Rows.stream(rows).findFirst().map(SyncRepository::run));
    }

    /** The run, if it goes on. */
    public Uni<Optional<Run>> running(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery("select * from syncs where id = $1 and status = 'RUNNING'")
                .execute(Tuple.of(id))
                .map(rows -> Rows.stream(rows).findFirst().map(SyncRepository::run));
    }

    /** Fails with {@link PartRepository.ReadingOver} when the run has ended. */
    public Uni<Void> mustRun(Run run) {
        return pool.preparedQuery("select from syncs where id = $1 and status = 'RUNNING'")
                .execute(Tuple.of(run.id()))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new PartRepository.ReadingOver();
                    }
                })
                .replaceWithVoid();
    }

    public Uni<Boolean> isOverdue(Run run, Duration limit) {
        return pool.preparedQuery("select %s as overdue from syncs where id = $1"
                        .formatted(clock.isPast("started_at + make_interval(secs => $2)", limit.multipliedBy(2))))
                .execute(Tuple.of(run.id(), (double) limit.toSeconds()))
                .map(rows -> rows.iterator().next().getBoolean("overdue"));
    }

    /** Ends a run that is still running. @return false when somebody else ended it first */
    public Uni<Boolean> finish(SqlConnection connection, Run run, SyncView.Status status) {
        return connection
                .preparedQuery("""
                        update syncs set status = $2, finished_at = %s,
                            next_allowed_at = case when $2 = 'FAILED' then null else next_allowed_at end
                        where id = $1 and status = 'RUNNING'""".formatted(clock.now()))
                .execute(Tuple.of(run.id(), status.name()))
                .map(ended -> ended.rowCount() == 1)
                // A statement of its own: it sees the chunks of a reader for whom the first one waited.
                .call(ended -> connection
                        .preparedQuery("delete from sync_chunks where sync_id = $1")
                        .execute(Tuple.of(run.id())));
    }

    private Optional<SyncView> first(RowSet<Row> rows) {
        return Rows.stream(rows).findFirst().map(this::view);
    }

    private SyncView view(Row row) {
        return new SyncView(
                row.getUUID("id"),
                SyncView.Status.valueOf(row.getString("status")),
                row.getBoolean("first"),
                read(row.getJsonArray("parts").encode(), new TypeReference<List<PartView>>() {}),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "finished_at"),
                Rows.instant(row, "next_allowed_at"));
    }

    private static Run run(Row row) {
        return new Run(
                row.getUUID("id"),
                row.getString("ksb_id"),
                row.getString("device_id"),
                row.getBoolean("first"),
                row.getBoolean("confirms"));
    }

    private <T> T read(String text, TypeReference<T> type) {
        return Json.read(json, text, type);
    }
}
