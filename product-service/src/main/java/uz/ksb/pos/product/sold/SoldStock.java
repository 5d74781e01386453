package uz.ksb.pos.product.sold;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;

/**
 * The tables of sold quantities. Sales are kept without any lock that a reading or an import holds; {@link #add} adds them to
 * their sums, and whoever calls it, {@link #contained} or {@link #readingEnded} holds the lock of the catalogue.
 */
@ApplicationScoped
public class SoldStock {
    /** Changes that are added at a time. */
    static final int MAX_CHANGES = 500;

    private static final String KEEP = """
            with told as materialized (
              select * from unnest($1::text[], $2::uuid[], $3::int[], $4::timestamptz[])
                as told (ksb_id, sale_id, revision, settled_at)
            ),
            kept as (
              insert into sold_sales as stored (ksb_id, sale_id, revision, settled_at)
              select ksb_id, sale_id, revision, settled_at from told order by ksb_id, sale_id
              on conflict (ksb_id, sale_id) do update set
                revision = excluded.revision,
                settled_at = case when excluded.settled_at is not null
                  then coalesce(stored.settled_at, excluded.settled_at) end
              where stored.revision < excluded.revision
              returning ksb_id, sale_id, old.sale_id is null as is_new,
                        old.settled_at is null and new.settled_at is not null as is_settled
            ),
            taken as (
              insert into sold_stock (ksb_id, sale_id, product_id, warehouse, quantity)
              select ksb_id, sale_id, cell.product_id, cell.warehouse, sum(cell.quantity)
              from unnest($5::text[], $6::uuid[], $7::text[], $8::text[], $9::numeric[])
                as cell (ksb_id, sale_id, product_id, warehouse, quantity)
              join kept using (ksb_id, sale_id)
              where kept.is_new
              group by 1, 2, 3, 4
              returning ksb_id, sale_id, product_id, warehouse, quantity
            )
            insert into stock_changes (ksb_id, sale_id, product_ids, warehouses, quantities)
            select ksb_id, sale_id,
                   coalesce(array_agg(product_id) filter (where product_id is not null), '{}'),
                   coalesce(array_agg(warehouse) filter (where product_id is not null), '{}'),
                   coalesce(array_agg(quantity) filter (where product_id is not null), '{}')
            from kept left join taken using (ksb_id, sale_id)
            where is_new or is_settled
            group by 1, 2""";

    private static final String CONTAINED = """
            with contained as (
              delete from sold_stock sold using sold_sales sale
              where sold.ksb_id = $1 and sale.ksb_id = $1 and sale.sale_id = sold.sale_id and sale.settled_at < $2 %s
              returning sold.product_id, sold.warehouse, -sold.quantity as quantity
            ),
            cells as (
              select product_id, warehouse, sum(quantity) as quantity, (row_number() over () - 1) / 500 as part
              from contained group by 1, 2
            )
            """;

    private static final String SUMS = """
            on conflict (ksb_id, product_id, warehouse) do update set quantity = sums.quantity + excluded.quantity""";

    /** Sales whose change waits are looked at again when it is added: their quantities are in no sum yet. */
    private static final String CONTAINED_OF_PRODUCTS = CONTAINED.formatted("""
             and sold.product_id = any($3)
                and not exists (select from stock_changes change
                                where change.ksb_id = $1 and change.sale_id = sale.sale_id)""") + """
            insert into sold_stock_sums as sums (ksb_id, product_id, warehouse, quantity)
            select $1, product_id, warehouse, quantity from cells
            """ + SUMS;

    /** As changes, so that the products are shown anew. */
    private static final String CONTAINED_OF_ALL = CONTAINED.formatted("") + """
            insert into stock_changes (ksb_id, product_ids, warehouses, quantities)
            select $1, array_agg(product_id), array_agg(warehouse), array_agg(quantity) from cells group by part""";

    /** The reading before this one: what it brought is here, and what this one left out has not changed. */
    private static final String NOTE_READING = """
            update catalogues set reading_at = $2 where ksb_id = $1 and coalesce(reading_at, '-infinity') < $2
            returning old.reading_at as before""";

    private static final String LEFT = """
            select product_id, warehouse, quantity from sold_stock_sums where ksb_id = $1 and product_id = any($2)""";

    private static final String PENDING = """
            select id, sale_id from stock_changes where ksb_id = $1 order by id limit\s""" + MAX_CHANGES;

    /** Also forgets what a later reading contains of a sale that was settled before it, and heard of after it. */
    private static final String ADD = """
            with taken as (
              delete from stock_changes where ksb_id = $1 and id = any($2) returning product_ids, warehouses, quantities
            ),
            contained as (
              delete from sold_stock sold using sold_sales sale, products product
              where sold.ksb_id = $1 and sale.ksb_id = $1 and product.ksb_id = $1
                and sale.sale_id = any($3) and sold.sale_id = sale.sale_id and product.id = sold.product_id
                and sale.settled_at < product.stock_read_at
              returning sold.product_id, sold.warehouse, -sold.quantity as quantity
            )
            insert into sold_stock_sums as sums (ksb_id, product_id, warehouse, quantity)
            select $1, product_id, warehouse, sum(quantity) from (
              select cell.* from taken, unnest(product_ids, warehouses, quantities)
                as cell (product_id, warehouse, quantity)
              union all
              select * from contained) cells
            group by 1, 2, 3
            """ + SUMS + " returning product_id";

    private static final String FORGET_SALES = """
            delete from sold_sales where (ksb_id, sale_id) in (
              select ksb_id, sale_id from sold_sales sale
              where told_at < clock_timestamp() - interval '40 days'
                and not exists (select from sold_stock sold where sold.ksb_id = sale.ksb_id and sold.sale_id = sale.sale_id)
              order by told_at limit 10000)""";

    private static final String FORGET_SUMS = """
            delete from sold_stock_sums sums
            where quantity = 0 and not exists (
              select from sold_stock sold where sold.ksb_id = sums.ksb_id and sold.product_id = sums.product_id)""";

    private final Pool pool;

    SoldStock(Pool pool) {
        this.pool = pool;
    }

    /** Keeps what newly finished sales took, and which sales are settled. Each sale may stand in {@code sales} once. */
    public Uni<Void> keep(SqlConnection connection, List<FinishedSale> sales) {
        List<String> enterprises = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        List<FinishedSale.Cell> cells = new ArrayList<>();
        for (FinishedSale sale : sales) {
            for (FinishedSale.Cell cell : sale.cells()) {
                enterprises.add(sale.ksbId());
                ids.add(sale.id());
                cells.add(cell);
            }
        }
        return connection
                .preparedQuery(KEEP)
                .execute(Tuple.from(List.of(
                        sales.stream().map(FinishedSale::ksbId).toArray(String[]::new),
                        sales.stream().map(FinishedSale::id).toArray(UUID[]::new),
                        sales.stream().map(FinishedSale::revision).toArray(Integer[]::new),
                        sales.stream()
                                .map(sale -> Rows.timestamp(sale.settledAt()))
                                .toArray(OffsetDateTime[]::new),
                        enterprises.toArray(String[]::new),
                        ids.toArray(UUID[]::new),
                        cells.stream().map(FinishedSale.Cell::product).toArray(String[]::new),
                        cells.stream().map(FinishedSale.Cell::warehouse).toArray(String[]::new),
                        cells.stream().map(FinishedSale.Cell::quantity).toArray(BigDecimal[]::new))))
                .replaceWithVoid();
    }

    /** Forgets what the stock of these products contains, which began to be read at {@code readAt}. */
    public Uni<Void> contained(SqlConnection connection, String ksbId, Instant readAt, Collection<String> products) {
        return connection
                .preparedQuery(CONTAINED_OF_PRODUCTS)
                .execute(Tuple.of(ksbId, Rows.timestamp(readAt), products.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /**
     * A reading has brought everything that changed. Products that it left out have not changed, so the stock of all products
     * contains what was settled before the reading before it began.
     */
    public Uni<Void> readingEnded(SqlConnection connection, String ksbId, Instant readAt) {
        return connection
                .preparedQuery(NOTE_READING)
                .execute(Tuple.of(ksbId, Rows.timestamp(readAt)))
                .map(rows -> Rows.first(rows, row -> row.getOffsetDateTime("before")))
                .chain(before -> before == null
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(CONTAINED_OF_ALL)
                                .execute(Tuple.of(ksbId, before))
                                .replaceWithVoid());
    }

    /**
     * The sums. Sales of the last moment are not in them yet; they are shown when they are.
     *
     * @return what is to be subtracted from the told stock, by product and warehouse (empty: from each); zero when what was sold
     *     came back
     */
    public Uni<Map<String, Map<String, BigDecimal>>> left(SqlClient client, String ksbId, Collection<String> products) {
        return client.preparedQuery(LEFT)
                .execute(Tuple.of(ksbId, products.toArray(String[]::new)))
                .map(SoldStock::byProduct);
    }

    private static Map<String, Map<String, BigDecimal>> byProduct(RowSet<Row> rows) {
        Map<String, Map<String, BigDecimal>> left = new HashMap<>();
        for (Row row : rows) {
            left.computeIfAbsent(row.getString("product_id"), product -> new TreeMap<>())
                    .put(row.getString("warehouse"), row.getBigDecimal("quantity"));
        }
        return left;
    }

    /** The enterprises with changes that are not added yet. */
    public Uni<List<String>> waiting() {
        return pool.query("select distinct ksb_id from stock_changes")
                .execute()
                .map(rows -> Rows.list(rows, row -> row.getString("ksb_id")));
    }

    /**
     * @param products whose sum may be another now
     * @param more whether more changes may wait
     */
    public record Added(List<String> products, boolean more) {}

    /** Adds the oldest changes of an enterprise to their sums. */
    public Uni<Added> add(SqlConnection connection, String ksbId) {
        return connection.preparedQuery(PENDING).execute(Tuple.of(ksbId)).chain(changes -> connection
                .preparedQuery(ADD)
                .execute(Tuple.of(
                        ksbId,
                        Rows.stream(changes).map(row -> row.getLong("id")).toArray(Long[]::new),
                        Rows.stream(changes).map(row -> row.getUUID("sale_id")).toArray(UUID[]::new)))
                .map(rows -> new Added(
                        Rows.stream(rows)
                                .map(row -> row.getString("product_id"))
                                .distinct()
                                .toList(),
                        changes.size() == MAX_CHANGES)));
    }

    /** Forgets sales longer ago than any topic keeps their events. Harmless on several replicas at once. */
    @Scheduled(every = "6h", delayed = "14m")
    public Uni<Void> forgetOld() {
        return pool.query(FORGET_SALES)
                .execute()
                .chain(() -> pool.query(FORGET_SUMS).execute())
                .replaceWithVoid();
    }
}
