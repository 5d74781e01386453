package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.databind.util.RawValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;

/** Reads products: always of one enterprise. */
@ApplicationScoped
class ProductRepository {
    private static final String BY_ID = """
            select version, change_version, document::text as document from products where ksb_id = $1 and id = $2""";

    private static final String PURCHASE_PRICE = """
            select purchase_price, document ->> 'currency' as currency from products
            where ksb_id = $1 and id = $2 and not deleted""";

    /** One statement, one snapshot: the catalogue's own version belongs to the rows. */
    private static final String CHANGES = """
            select p.version, p.change_version, p.document, c.change_version as newest
            from (select coalesce(max(change_version), 0) as change_version from catalogues where ksb_id = $1) c
            left join lateral (
                select * from (
                    select *, sum(octet_length(document)) over (order by change_version) - octet_length(document) as before
                    from (select version, change_version, document::text as document from products
                          where ksb_id = $1 and change_version > $2 order by change_version limit $3) page) measured
                where before < $4) p on true
            order by p.change_version""";

    private static final long MAX_PAGE_BYTES = 2L * 1024 * 1024;

    private static final String COUNTS = "select change_version, products from catalogues where ksb_id = $1";

    private final Pool pool;
    private final Readings readings;

    ProductRepository(Pool pool, Readings readings) {
        this.readings = readings;
        this.pool = pool;
    }

    /**
     * A stretch of the feed.
     *
     * @param views in the order of their change versions, tombstones too
     * @param changeVersion whoever applies the views stands here
     * @param more whether there was more when this was read
     */
    record Changes(List<String> views, long changeVersion, boolean more) {}

    /**
     * @param products neither deleted nor archived
     */
    record Counts(long products, long changeVersion) {}

    record PurchasePrice(String id, BigDecimal purchasePrice, String currency) {}

    /** By name, rank by rank, until the page is full: as many as {@code limit}, or its bytes. */
    Uni<Page<RawValue>> find(String ksbId, ProductSearch.Wanted wanted, ProductCursor after, int limit) {
        PageBuilder page = new PageBuilder(limit);
        int first = after == null ? 0 : after.rank();
        return readings.within(ksbId, Readings.SEARCH, connection -> Multi.createFrom()
                        .range(first, ProductSearch.RANKS)
                        .onItem()
                        .transformToUniAndConcatenate(rank -> add(
                                connection,
                                page,
                                new ProductSearch(ksbId, wanted, rank, rank == first ? after : null),
                                rank))
                        .collect()
                        .last())
                .replaceWith(page::page);
    }

    private static Uni<PageBuilder> add(SqlConnection connection, PageBuilder page, ProductSearch search, int rank) {
        return page.isFull() || !search.isPossible()
                ? Uni.createFrom().item(page)
                : connection
                        .preparedQuery(search.sql(page.room()))
                        .execute(search.parameters())
                        .map(rows -> page.add(rows, rank));
    }

    private static final class PageBuilder {
        private final List<RawValue> items = new ArrayList<>();
        private final int limit;
        private ProductCursor last;
        private boolean cut;

        PageBuilder(int limit) {
            this.limit = limit;
        }

        int room() {
            return limit - items.size();
        }

        boolean isFull() {
            return cut || room() == 0;
        }

        PageBuilder add(RowSet<Row> rows, int rank) {
            for (Row row : rows) {
                items.add(new RawValue(view(row)));
                last = new ProductCursor(rank, row.getString("search_text"), row.getString("id"));
                cut = row.getLong("found") > rows.size();
            }
            return this;
        }

        Page<RawValue> page() {
            return new Page<>(items, isFull() ? last.text() : null);
        }
    }

    /** Also a tombstone; fails with 404 when there is nothing. */
    Uni<RawValue> get(String ksbId, String id) {
        return pool.preparedQuery(BY_ID)
                .execute(Tuple.of(ksbId, id))
                .map(rows -> only(rows).map(row -> new RawValue(view(row))).orElseThrow(() -> unknown(id)));
    }

    Uni<PurchasePrice> purchasePrice(String ksbId, String id) {
        return pool.preparedQuery(PURCHASE_PRICE).execute(Tuple.of(ksbId, id)).map(rows -> only(rows)
                .map(row -> new PurchasePrice(id, row.getBigDecimal("purchase_price"), row.getString("currency")))
                .orElseThrow(() -> unknown(id)));
    }

    Uni<Changes> changes(String ksbId, long after, int limit) {
        return pool.preparedQuery(CHANGES)
                .execute(Tuple.of(ksbId, after, limit, MAX_PAGE_BYTES))
                .map(ProductRepository::changes);
    }

    Uni<Counts> counts(String ksbId) {
        return pool.preparedQuery(COUNTS).execute(Tuple.of(ksbId)).map(rows -> only(rows)
                .map(row -> new Counts(row.getLong("products"), row.getLong("change_version")))
                .orElse(new Counts(0, 0)));
    }

    private static Changes changes(RowSet<Row> rows) {
        List<String> views = new ArrayList<>(rows.size());
        long changeVersion = 0;
        long newest = 0;
        for (Row row : rows) {
            newest = row.getLong("newest");
            if (row.getLong("change_version") == null) {
                return new Changes(views, newest, false);
            }
            views.add(view(row));
            changeVersion = row.getLong("change_version");
        }
        return new Changes(views, changeVersion, changeVersion < newest);
    }

    private static String view(Row row) {
        return ProductDocument.view(row.getLong("version"), row.getLong("change_version"), row.getString("document"));
    }

    private static Optional<Row> only(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static Problem unknown(String id) {
        return Problem.notFound("The product " + id);
    }
}
