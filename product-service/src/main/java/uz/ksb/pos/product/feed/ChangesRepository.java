package uz.ksb.pos.product.feed;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.product.catalogue.ProductDocument;

/** Reads stretches of the feed: always of one enterprise. */
@ApplicationScoped
class ChangesRepository {
    /** One statement, one snapshot: the catalogue's own version belongs to the rows. */
    private static final String CHANGES = """
            select p.version, p.change_version, p.document, p.sold, c.change_version as newest
            from (select coalesce(max(change_version), 0) as change_version from catalogues where ksb_id = $1) c
            left join lateral (
                select * from (
                    select *, sum(octet_length(document)) over (order by change_version) - octet_length(document) as before
                    from (select product.version, change.change_version, product.document::text as document, change.sold
                          from (select id, change_version, sold from product_changes
                                where ksb_id = $1 and change_version > $2 order by change_version limit $3) change,
                               lateral (select version, document from products
                                        where ksb_id = $1 and id = change.id limit 1) product) page) measured
                where before < $4) p on true
            order by p.change_version""";

    private static final long MAX_PAGE_BYTES = 2L * 1024 * 1024;

    private final Pool pool;

    ChangesRepository(Pool pool) {
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

    Uni<Changes> changes(String ksbId, long after, int limit) {
        return pool.preparedQuery(CHANGES)
                .execute(Tuple.of(ksbId, after, limit, MAX_PAGE_BYTES))
                .map(ChangesRepository::changes);
    }

    /** The newest change version; 0: nothing was ever changed. */
    Uni<Long> newest(String ksbId) {
        return pool.preparedQuery("select change_version from catalogues where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getLong("change_version"));
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
            views.add(ProductDocument.view(
                    row.getLong("version"),
                    row.getLong("change_version"),
                    row.getString("document"),
                    row.getString("sold")));
            changeVersion = row.getLong("change_version");
        }
        return new Changes(views, changeVersion, changeVersion < newest);
    }
}
