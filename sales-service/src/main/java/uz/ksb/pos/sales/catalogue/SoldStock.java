package uz.ksb.pos.sales.catalogue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;

/**
 * The table {@code sold_stock}: sold quantities of products with a known stock, as long as the back office's value cannot
 * contain them. Rows are only added, with their sale, and deleted, with the reading that contains them. Both leave a change,
 * and {@link #aggregate} adds changes to one sum per product and warehouse, so that the stock is found at once however many
 * sales wait.
 */
@ApplicationScoped
public class SoldStock {
    private static final String CHANGE = """
            insert into sold_stock_changes (ksb_id, product_ids, warehouses, quantities)
            select $1, array_agg(product_id), array_agg(warehouse), array_agg(quantity)
            from (select product_id, warehouse, sum(quantity) as quantity from changed group by 1, 2) cells
            having count(*) > 0""";

    /** {@code asked} hides the values from the planner: it would plan anew each time. */
    public static final String ADD = """
            with asked as materialized (
              select $1::text as ksb_id, $2::text[] as products, $3::uuid[] as sales, $4::text[] as warehouses, $5::numeric[] as quantities
            ),
            changed as (
              insert into sold_stock (ksb_id, product_id, sale_id, warehouse, quantity)
              select $1, sold.product_id, sold.sale_id, sold.warehouse, sum(sold.quantity)
              from asked,
                   unnest(products, sales, warehouses, quantities) as sold (product_id, sale_id, warehouse, quantity),
                   lateral (select from catalogue_products
                            where ksb_id = asked.ksb_id and id = sold.product_id and stock <> '[]' limit 1) told
              group by 2, 3, 4
              on conflict do nothing
              returning product_id, warehouse, quantity
            )
            """ + CHANGE;

    /** Reads only the delivery columns of a sale's row. */
    private static final String CONTAINED = """
            with changed as (
              delete from sold_stock sold using sales
              where sold.ksb_id = $1 and sales.ksb_id = $1 and sales.id = sold.sale_id
                and sales.delivery_status in ('DELIVERED', 'CLOSED')
                and coalesce(sales.settled_at, '-infinity') < $2%s
              returning sold.product_id, sold.warehouse, -sold.quantity as quantity
            )
            """ + CHANGE;

    private static final String CONTAINED_OF_PRODUCTS = CONTAINED.formatted(
            " and sold.product_id in (select told ->> 'id' from jsonb_array_elements($3::text::jsonb) told)");

    private static final String CONTAINED_OF_ALL = CONTAINED.formatted("");

    private static final String AGGREGATE = """
            with taken as (delete from sold_stock_changes where id = any($1) returning *)
              insert into sold_stock_sums as sums (ksb_id, product_id, warehouse, quantity)
              select ksb_id, cell.product_id, cell.warehouse, sum(cell.quantity)
              from taken, unnest(product_ids, warehouses, quantities) as cell (product_id, warehouse, quantity)
              group by 1, 2, 3
              on conflict (ksb_id, product_id, warehouse) do update set quantity = sums.quantity + excluded.quantity""";

    /** The run before this one: what it brought is here, while this one's rows may still be on their way. */
    private static final String NOTE_RUN = """
            insert into back_office_runs as noted (ksb_id, started_at) values ($1, $2)
            on conflict (ksb_id) do update set started_at = excluded.started_at
            where noted.started_at < excluded.started_at
            returning old.started_at as before""";

    /**
     * A quantity of a product that a sale takes.
     *
     * @param warehouse null: nobody says
     * @param quantity negative when it comes back
     */
    public record Sold(UUID saleId, String productId, String warehouse, BigDecimal quantity) {}

    /** Notes what newly finished sales took, in their transaction. */
    public Uni<Void> add(SqlConnection connection, String ksbId, List<Sold> sold) {
        return connection
                .preparedQuery(ADD)
                .execute(Tuple.of(
                        ksbId,
                        sold.stream().map(Sold::productId).toArray(String[]::new),
                        sold.stream().map(Sold::saleId).toArray(UUID[]::new),
                        sold.stream()
                                .map(one -> one.warehouse() == null ? "" : one.warehouse())
                                .toArray(String[]::new),
                        sold.stream().map(Sold::quantity).toArray(BigDecimal[]::new)))
                .replaceWithVoid();
    }

    /**
     * Forgets what the stock of these products contains.
     *
     * @param readAt when the back office began to be read, or told of them
     * @param rows a JSON array of products
     */
    Uni<Void> contained(SqlClient client, String ksbId, Instant readAt, String rows) {
        return client.preparedQuery(CONTAINED_OF_PRODUCTS)
                .execute(Tuple.of(ksbId, Rows.timestamp(readAt), rows))
                .replaceWithVoid();
    }

    /**
     * A run has read everything that changed. Products that it did not bring have not changed, so the stock of all products contains
     * what was settled before the run before it began.
     */
    public Uni<Void> runCompleted(SqlConnection connection, String ksbId, Instant startedAt) {
        return connection
                .preparedQuery(NOTE_RUN)
                .execute(Tuple.of(ksbId, Rows.timestamp(startedAt)))
                .map(rows -> Rows.first(rows, row -> row.getOffsetDateTime("before")))
                .chain(before -> before == null
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(CONTAINED_OF_ALL)
                                .execute(Tuple.of(ksbId, before))
                                .replaceWithVoid());
    }

    /** Adds changes to the sums. */
    Uni<Void> aggregate(SqlConnection connection, Long[] changes) {
        return connection.preparedQuery(AGGREGATE).execute(Tuple.of(changes)).replaceWithVoid();
    }
}
