package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import uz.ksb.pos.sales.paging.Page;

/** Reads what was set aside. The ids are made in order of time, so they are the cursor. */
@ApplicationScoped
class ReviewQueries {
    private static final String CONFLICT = """
            select id, sale_id, uploader, received_at, view::text as view, resolution, resolved_as, resolved_by,
                   resolved_at, reason
            from sale_conflicts where ksb_id = $1 and\s""";

    private final Pool pool;

    ReviewQueries(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param saleId the id that both sales have
     * @param sale the view of the one that is not counted
     * @param resolvedAs the id it got as a new sale
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Conflict(
            UUID id,
            UUID saleId,
            String uploader,
            Instant receivedAt,
            @JsonRawValue String sale,
            String resolution,
            UUID resolvedAs,
            String resolvedBy,
            Instant resolvedAt,
            String reason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Raw(UUID id, String raw, String problem, String deviceId, String uploader, Instant receivedAt) {}

    Uni<Page<Conflict>> conflicts(String ksbId, String after, int limit) {
        return pool.preparedQuery(
                        CONFLICT + "resolution is null and ($2::uuid is null or id < $2) order by id desc limit $3")
                .execute(Tuple.of(ksbId, cursor(after), limit + 1))
                .map(rows -> page(rows, limit, ReviewQueries::conflict, Conflict::id));
    }

    Uni<Conflict> conflict(SqlClient client, String ksbId, UUID id) {
        return client.preparedQuery(CONFLICT + "id = $2")
                .execute(Tuple.of(ksbId, id))
                .map(rows ->
                        rows.rowCount() == 0 ? null : conflict(rows.iterator().next()));
    }

    Uni<Page<Raw>> unreadable(String ksbId, String after, int limit) {
        return pool.preparedQuery("""
                        select id, raw, problem, device_id, uploader, received_at from unreadable_sales
                        where ksb_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3""")
                .execute(Tuple.of(ksbId, cursor(after), limit + 1))
                .map(rows -> page(rows, limit, ReviewQueries::raw, Raw::id));
    }

    private static UUID cursor(String after) {
        List<String> key = Page.key(after, 1);
        return key == null ? null : Page.id(key.getFirst());
    }

    private static <T> Page<T> page(RowSet<Row> rows, int limit, Function<Row, T> form, Function<T, UUID> id) {
        List<T> found =
                StreamSupport.stream(rows.spliterator(), false).map(form).toList();
        return Page.of(found, limit, item -> List.of(id.apply(item).toString()));
    }

    private static Conflict conflict(Row row) {
        return new Conflict(
                row.getUUID("id"),
                row.getUUID("sale_id"),
                row.getString("uploader"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getString("view"),
                row.getString("resolution"),
                row.getUUID("resolved_as"),
                row.getString("resolved_by"),
                row.getOffsetDateTime("resolved_at") == null
                        ? null
                        : row.getOffsetDateTime("resolved_at").toInstant(),
                row.getString("reason"));
    }

    private static Raw raw(Row row) {
        return new Raw(
                row.getUUID("id"),
                row.getString("raw"),
                row.getString("problem"),
                row.getString("device_id"),
                row.getString("uploader"),
                row.getOffsetDateTime("received_at").toInstant());
    }
}
