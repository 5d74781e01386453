package uz.ksb.pos.product.catalogue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.product.sold.SoldStock;

/** Writes the shown stock of products that were sold, and tells of it. */
@ApplicationScoped
public class Restocking {
    /** An import that holds the catalogue is not waited for: other enterprises have their turn meanwhile. */
    private static final String LOCK =
            "select change_version, products from catalogues where ksb_id = $1 for update skip locked";

    private static final String STORED = """
            select id, version, document::text as document, sold
            from products join product_changes using (ksb_id, id) where ksb_id = $1 and id = any($2) order by id""";

    private static final String WRITE = """
            update product_changes set change_version = given.change_version, sold = given.sold
            from unnest($2::text[], $3::bigint[], $4::text[]) as given (id, change_version, sold)
            where product_changes.ksb_id = $1 and product_changes.id = given.id""";

    private final Outbox outbox;
    private final SoldStock soldStock;

    Restocking(Outbox outbox, SoldStock soldStock) {
        this.outbox = outbox;
        this.soldStock = soldStock;
    }

    /** A product whose shown stock is another now. */
    private record Moved(String id, String sold, ProductsChanged.Row told) {}

    /**
     * Adds sold quantities to their sums and shows them, in a transaction of its own.
     *
     * @return whether more may wait; false also when the catalogue is being written: it is tried again
     */
    public Uni<Boolean> next(String ksbId) {
        return outbox.inTransaction(connection -> locked(connection, ksbId)
                .chain(catalogue -> catalogue == null
                        ? Uni.createFrom().item(false)
                        : soldStock
                                .add(connection, ksbId)
                                .call(added -> show(connection, ksbId, catalogue, added.products()))
                                .map(SoldStock.Added::more)));
    }

    /** The catalogue's row; null: another transaction has it. */
    private static Uni<Row> locked(SqlConnection connection, String ksbId) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(ksbId))
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom().item(rows.iterator().next())
                        : connection
                                .preparedQuery("insert into catalogues (ksb_id) values ($1) on conflict do nothing"
                                        + " returning change_version, products")
                                .execute(Tuple.of(ksbId))
                                .map(made -> Rows.first(made, row -> row)));
    }

    private Uni<Void> show(SqlConnection connection, String ksbId, Row catalogue, List<String> products) {
        return products.isEmpty()
                ? Uni.createFrom().voidItem()
                : soldStock.left(connection, ksbId, products).chain(left -> connection
                        .preparedQuery(STORED)
                        .execute(Tuple.of(ksbId, products.toArray(String[]::new)))
                        .map(stored -> moved(catalogue, stored, left))
                        .chain(moved -> write(connection, ksbId, catalogue, moved)));
    }

    private static List<Moved> moved(Row catalogue, RowSet<Row> stored, Map<String, Map<String, BigDecimal>> left) {
        List<Moved> moved = new ArrayList<>();
        long changeVersion = catalogue.getLong("change_version");
        for (Row row : stored) {
            String document = row.getString("document");
            String sold = ShownStock.sold(document, left.getOrDefault(row.getString("id"), Map.of()));
            if (!Objects.equals(sold, row.getString("sold"))) {
                changeVersion++;
                String view = ProductDocument.view(row.getLong("version"), changeVersion, document, sold);
                moved.add(new Moved(
                        row.getString("id"),
                        sold,
                        new ProductsChanged.Row(view, changeVersion, catalogue.getLong("products"))));
            }
        }
        return moved;
    }

    private Uni<Void> write(SqlConnection connection, String ksbId, Row catalogue, List<Moved> moved) {
        if (moved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<ProductsChanged.Row> told = moved.stream().map(Moved::told).toList();
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.of(
                        ksbId,
                        moved.stream().map(Moved::id).toArray(String[]::new),
                        told.stream().map(ProductsChanged.Row::changeVersion).toArray(Long[]::new),
                        moved.stream().map(Moved::sold).toArray(String[]::new)))
                .chain(() -> connection
                        .preparedQuery(Catalogue.ADVANCE)
                        .execute(Tuple.of(ksbId, told.getLast().changeVersion(), catalogue.getLong("products"))))
                .chain(() -> outbox.add(connection, Catalogue.events(ksbId, ProductsChanged.of(told, null))));
    }
}
