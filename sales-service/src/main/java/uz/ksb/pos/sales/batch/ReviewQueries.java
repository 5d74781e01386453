package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.store.HeldSaleRepository;

/** Reads what was set aside. The ids are made in order of time, so they are the cursor. */
@ApplicationScoped
class ReviewQueries {
    private static final String CONFLICT = """
            select id, sale_id, uploader, received_at, view::text as view, resolution, resolved_as, resolved_by,
                   resolved_at, reason
            from sale_conflicts where ksb_id = $1 and\s""";

    private static final String CONFLICTS = """
            select *, next is null as last from (
              select *, lead(id) over (order by id desc) as next, sum(bytes) over (order by id desc) - bytes as before
              from (
                select id, sale_id, uploader, received_at, view::text as view, resolution, resolved_as, resolved_by,
                       resolved_at, reason, bytes
                from sale_conflicts
                where ksb_id = $1 and resolution is null and ($2::uuid is null or id < $2)
                order by id desc limit $3 + 1) waiting) page
            where before < $4 order by id desc limit $3""";

    private static final int MAX_PAGE_BYTES = 2_000_000;

    private final Pool pool;
    private final HeldSaleRepository held;

    ReviewQueries(Pool pool, HeldSaleRepository held) {
        this.pool = pool;
        this.held = held;
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

    /**
     * @param raw as it came; null in lists
     * @param length of {@code raw}, in characters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Raw(
            UUID id,
            String raw,
            Integer length,
            String problem,
            String deviceId,
            String uploader,
            Instant receivedAt) {}

    /** Unresolved conflicts; fewer than asked for when they are large. */
    Uni<Page<Conflict>> conflicts(String ksbId, String after, int limit) {
        return pool.preparedQuery(CONFLICTS)
                .execute(Tuple.of(ksbId, cursor(after), limit, MAX_PAGE_BYTES))
                .map(rows -> {
                    List<Conflict> found = new ArrayList<>();
                    boolean last = true;
                    for (Row row : rows) {
                        found.add(conflict(row));
                        last = row.getBoolean("last");
                    }
                    return page(found, last, Conflict::id);
                });
    }

    Uni<Conflict> conflict(SqlClient client, String ksbId, UUID id) {
        return client.preparedQuery(CONFLICT + "id = $2")
                .execute(Tuple.of(ksbId, id))
                .map(rows -> Rows.first(rows, ReviewQueries::conflict));
    }

    /** Without the raw text, which is asked for one by one. */
    Uni<Page<Raw>> unreadable(String ksbId, String after, int limit) {
        return pool.preparedQuery("""
                        select id, null as raw, length(raw) as length, problem, device_id, uploader, received_at
                        from unreadable_sales
                        where ksb_id = $1 and removed_at is null and ($2::uuid is null or id < $2)
                        order by id desc limit $3""")
                .execute(Tuple.of(ksbId, cursor(after), limit + 1))
                .map(rows -> {
                    List<Raw> found = Rows.list(rows, ReviewQueries::raw);
                    return page(found.subList(0, Math.min(limit, found.size())), found.size() <= limit, Raw::id);
                });
    }

    Uni<Raw> unreadable(String ksbId, UUID id) {
        return pool.preparedQuery("""
                        select id, raw, length(raw) as length, problem, device_id, uploader, received_at
                        from unreadable_sales where ksb_id = $1 and id = $2 and removed_at is null""").execute(Tuple.of(ksbId, id)).map(rows -> Rows.first(rows, ReviewQueries::raw));
    }

    /** Held sales that wait for a manager. */
    Uni<Page<Held>> held(String ksbId, String after, int limit) {
        return held.list(ksbId, cursor(after), limit).map(rows -> {
            boolean last = rows.isEmpty() || rows.getLast().last();
            return page(rows.stream().map(Held::of).toList(), last, Held::id);
        });
    }

    /** @param reason {@code blocked-device} or {@code return} */
    record Held(UUID id, String reason, SaleView sale, Instant receivedAt, String uploader) {
        static Held of(HeldSaleRepository.HeldSale held) {
            CompletedSale sale = held.sale();
            return new Held(
                    sale.id(),
                    sale.delivery().hold().text(),
                    sale.view(),
                    held.receivedAt(),
                    sale.origin().uploader());
        }
    }

    private static UUID cursor(String after) {
        List<String> key = Page.key(after, 1);
        return key == null ? null : Page.id(key.getFirst());
    }

    private static <T> Page<T> page(List<T> items, boolean last, Function<T, UUID> id) {
        return Page.of(
                items, items.size(), !last, item -> List.of(id.apply(item).toString()));
    }

    private static Conflict conflict(Row row) {
        return new Conflict(
                row.getUUID("id"),
                row.getUUID("sale_id"),
                row.getString("uploader"),
                Rows.instant(row, "received_at"),
                row.getString("view"),
                row.getString("resolution"),
                row.getUUID("resolved_as"),
                row.getString("resolved_by"),
                Rows.instant(row, "resolved_at"),
                row.getString("reason"));
    }

    private static Raw raw(Row row) {
        return new Raw(
                row.getUUID("id"),
                row.getString("raw"),
                row.getInteger("length"),
                row.getString("problem"),
                row.getString("device_id"),
                row.getString("uploader"),
                Rows.instant(row, "received_at"));
    }
}
