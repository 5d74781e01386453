package uz.ksb.pos.product.update;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.product.update.UpdateResult.RejectedRow;

/** The rows that could not be applied, kept for 30 days. The same row of the same enterprise is kept once. */
@ApplicationScoped
class RejectedUpdates {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final long MAX_PAGE_BYTES = 2L * 1024 * 1024;

    private static final String KEEP = """
            insert into rejected_updates as kept (ksb_id, id, product_id, reason, raw, received_at)
            select $1, id, product_id, reason, raw, $6
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as given (id, product_id, reason, raw)
            on conflict (ksb_id, id) do update set
                reason = excluded.reason, times = kept.times + 1, received_at = excluded.received_at""";

    /** As many as fit into a page; the first one always does. */
    private static final String LIST = """
            select * from (
                select id, product_id, reason, raw, times, received_at, row_number() over page as place,
                    lead(id) over page is not null as more,
                    sum(octet_length(raw)) over page - octet_length(raw) as bytes_before
                from (select * from rejected_updates where ksb_id = $1 and id > $2 order by id limit $3 + 1) found
                window page as (order by id)) measured
            where place <= $3 and bytes_before < $4 order by id""";

    private static final String GET = """
            select id, product_id, reason, raw, times, received_at from rejected_updates where ksb_id = $1 and id = $2""";

    private static final String TAKE = "delete from rejected_updates where ksb_id = $1 and id = $2 returning raw";

    private final Pool pool;
    private final Clock clock;

    RejectedUpdates(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * @param productId null when the row could not be read
     * @param row as it came
     * @param times how often it came
     * @param receivedAt the last time
     */
    record Rejected(UUID id, String productId, String reason, String row, int times, OffsetDateTime receivedAt) {}

    Uni<Void> keep(SqlConnection connection, String ksbId, List<RejectedRow> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<UUID, RejectedRow> byId = new LinkedHashMap<>();
        rows.forEach(row -> byId.put(id(row), row));
        List<RejectedRow> kept = List.copyOf(byId.values());
        Tuple columns = Tuple.tuple()
                .addString(ksbId)
                .addArrayOfUUID(kept.stream().map(RejectedUpdates::id).toArray(UUID[]::new))
                .addArrayOfString(kept.stream().map(RejectedRow::id).toArray(String[]::new))
                .addArrayOfString(kept.stream().map(RejectedRow::reason).toArray(String[]::new))
                .addArrayOfString(kept.stream().map(row -> storable(row.raw())).toArray(String[]::new))
                .addOffsetDateTime(now());
        return connection.preparedQuery(KEEP).execute(columns).replaceWithVoid();
    }

    /** By their id. */
    Uni<Page<Rejected>> list(String ksbId, List<String> after, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(ksbId, after == null ? BEFORE_ALL : Page.id(after.getFirst()), limit, MAX_PAGE_BYTES))
                .map(rows -> page(rows, limit));
    }

    /** Fails with 404 when it is not kept. */
    Uni<Rejected> get(String ksbId, UUID id) {
        return pool.preparedQuery(GET).execute(Tuple.of(ksbId, id)).map(rows -> rejected(only(rows, id)));
    }

    /** Fails with 404 when it is not kept. */
    Uni<Void> delete(String ksbId, UUID id) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(ksbId, id))
                .map(rows -> only(rows, id))
                .replaceWithVoid();
    }

    /**
     * Takes a row out, to be applied in the same transaction.
     *
     * @return the row as it came; fails with 404 when it is not kept (any more)
     */
    Uni<String> take(SqlConnection connection, String ksbId, UUID id) {
        return connection.preparedQuery(TAKE).execute(Tuple.of(ksbId, id)).map(rows -> only(rows, id)
                .getString("raw"));
    }

    @Scheduled(every = "6h", delayed = "11m")
    Uni<Void> forgetOld() {
        return pool.preparedQuery("delete from rejected_updates where received_at < $1")
                .execute(Tuple.of(now().minus(KEPT)))
                .replaceWithVoid();
    }

    private OffsetDateTime now() {
        return Rows.timestamp(clock.instant());
    }

    private static UUID id(RejectedRow row) {
        return UUID.nameUUIDFromBytes(row.raw().getBytes(StandardCharsets.UTF_8));
    }

    private static String storable(String raw) {
        return raw.replace('\0', '\uFFFD');
    }

    private static Row only(RowSet<Row> rows, UUID id) {
        if (rows.rowCount() == 0) {
            throw Problem.notFound("The rejected update " + id);
        }
        return rows.iterator().next();
    }

    private static Page<Rejected> page(RowSet<Row> rows, int limit) {
        List<Rejected> items = new ArrayList<>(rows.size());
        boolean more = false;
        for (Row row : rows) {
            items.add(rejected(row));
            more = row.getBoolean("more");
        }
        return Page.of(items, limit, more, last -> List.of(last.id().toString()));
    }

    private static Rejected rejected(Row row) {
        return new Rejected(
                row.getUUID("id"),
                row.getString("product_id"),
                row.getString("reason"),
                row.getString("raw"),
                row.getInteger("times"),
                row.getOffsetDateTime("received_at"));
    }
}
