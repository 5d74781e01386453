package uz.ksb.pos.product.catalogue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.product.catalogue.ChunkDiff.Change;
import uz.ksb.pos.product.catalogue.ChunkDiff.Given;
import uz.ksb.pos.product.reference.KnownReferences;
import uz.ksb.pos.product.reference.ReferenceData;
import uz.ksb.pos.product.sold.SoldStock;

/** Writes products: a chunk of rows at a time, by a fixed number of statements, however many rows it has. */
@ApplicationScoped
public class Catalogue {
    /** Also makes the catalogue when there is none; its lock is what makes the feed free of gaps. */
    static final String LOCK = """
            insert into catalogues (ksb_id) values ($1)
            on conflict (ksb_id) do update set ksb_id = excluded.ksb_id
            returning change_version, products""";

    /** The places, from 0, of the rows that are not stored as they are, each found by its key alone. */
    private static final String OTHERS = """
            select place::int - 1 as place
            from unnest($2::text[], $3::bigint[], $4::uuid[]) with ordinality as given (id, version, hash, place)
            where (select stored.hash = given.hash and stored.version >= given.version
                   from products stored where ksb_id = $1 and stored.id = given.id) is not true""";

    private static final String STORED = """
            select id, version, hash, not deleted and not archived as listed, sold
            from products join product_changes using (ksb_id, id) where ksb_id = $1 and id = any($2)""";

    private static final String WRITE = """
            with given as materialized (
                select * from unnest($2::text[], $3::bigint[], $4::bigint[], $5::uuid[], $6::text[], $7::text[],
                                     $8::boolean[], $9::boolean[], $10::text[], $11::text[], $12::text[], $13::text[])
                     as given (id, version, change_version, hash, name, article, archived, deleted, purchase_price,
                               document, search_text, sold)
            ),
            moved as (
                insert into product_changes (ksb_id, id, change_version, sold)
                select $1, id, change_version, sold from given
                on conflict (ksb_id, id) do update set change_version = excluded.change_version, sold = excluded.sold
            ),
            found as (
                insert into product_texts (ksb_id, id, search_text, barcodes)
                select $1, id, search_text, array(select jsonb_array_elements_text(document::jsonb -> 'barcodes'))
                from given where not archived and not deleted
                on conflict (ksb_id, id) do update set search_text = excluded.search_text, barcodes = excluded.barcodes
                where (product_texts.search_text, product_texts.barcodes)
                      is distinct from (excluded.search_text, excluded.barcodes)
            ),
            hidden as (
                delete from product_texts
                where ksb_id = $1 and id = any(array(select id from given where archived or deleted))
            )
            insert into products (ksb_id, id, version, hash, name, article, archived, deleted, purchase_price, document,
                                  stock_read_at)
            select $1, id, version, hash, name, article, archived, deleted, purchase_price::numeric, document::jsonb, $14
            from given
            on conflict (ksb_id, id) do update set
                version = excluded.version, hash = excluded.hash, name = excluded.name, article = excluded.article,
                archived = excluded.archived, deleted = excluded.deleted, purchase_price = excluded.purchase_price,
                document = excluded.document, stock_read_at = excluded.stock_read_at""";

    private static final String CONFIRM = """
            update products set version = given.version, stock_read_at = $4
            from unnest($2::text[], $3::bigint[]) as given (id, version)
            where products.ksb_id = $1 and products.id = given.id""";

    static final String ADVANCE = "update catalogues set change_version = $2, products = $3 where ksb_id = $1";

    private final Outbox outbox;
    private final ReferenceData references;
    private final SoldStock soldStock;
    private final Clock clock;

    Catalogue(Outbox outbox, ReferenceData references, SoldStock soldStock, Clock clock) {
        this.outbox = outbox;
        this.references = references;
        this.soldStock = soldStock;
        this.clock = clock;
    }

    /**
     * Applies rows and adds the events that tell of them, in the transaction of {@code connection}.
     *
     * <p>Rows that are stored as they are need no lock: a product's version only rises, so they change nothing later either.
     *
     * @param rows each product at most once
     */
    public Uni<ChunkResult> apply(SqlConnection connection, String ksbId, List<Product> rows, Source source) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(new ChunkResult(0, 0, 0, 0, List.of()));
        }
        List<Given> given = rows.stream().map(Given::of).toList();
        return Uni.combine()
                .all()
                .unis(references.known(connection, ksbId, pointedTo(rows)), others(connection, ksbId, given))
                .asTuple()
                .chain(both -> apply(connection, ksbId, source, given, both.getItem1(), both.getItem2()));
    }

    private Uni<ChunkResult> apply(
            SqlConnection connection,
            String ksbId,
            Source source,
            List<Given> given,
            KnownReferences known,
            Set<Integer> others) {
        List<Given> toCompare = new ArrayList<>();
        List<ChunkResult.Rejection> rejected = new ArrayList<>();
        for (int place = 0; place < given.size(); place++) {
            String reason = given.get(place).product().unknownReference(known);
            if (reason != null) {
                rejected.add(new ChunkResult.Rejection(place, reason));
            } else if (others.contains(place)) {
                toCompare.add(given.get(place));
            }
        }
        int asStored = given.size() - rejected.size() - toCompare.size();
        if (toCompare.isEmpty()) {
            return Uni.createFrom().item(new ChunkResult(0, 0, asStored, 0, rejected));
        }
        // The connection works in order: what is stored is read under the lock, and is asked for before the lock is
        // there.
        return Uni.combine()
                .all()
                .unis(connection.preparedQuery(LOCK).execute(Tuple.of(ksbId)), stored(connection, ksbId, toCompare))
                .asTuple()
                .chain(both -> applyLocked(
                        connection, ksbId, Rows.first(both.getItem1(), row -> row), both.getItem2(), toCompare, source))
                .map(diff -> diff.result(asStored, rejected));
    }

    /** However many units, price types and warehouses there are, only these are looked up. */
    private static Set<String> pointedTo(List<Product> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.addAll(row.references()));
        return ids;
    }

    private Uni<ChunkDiff> applyLocked(
            SqlConnection connection,
            String ksbId,
            Row catalogue,
            Map<String, RowOutcome.Stored> stored,
            List<Given> rows,
            Source source) {
        // Rows that were pushed name no reading: their source knows now what it says.
        Instant readAt = source.readAt() == null ? clock.instant() : source.readAt();
        return left(connection, ksbId, source, readAt, stored, rows)
                .map(left -> {
                    ChunkDiff diff = new ChunkDiff(
                            source, catalogue.getLong("change_version"), catalogue.getLong("products"), stored, left);
                    rows.forEach(diff::add);
                    return diff;
                })
                .call(diff -> write(connection, ksbId, diff, readAt));
    }

    /** Sold quantities that the stock of the rows cannot contain; most rows are of products that nobody sold. */
    private Uni<Map<String, Map<String, BigDecimal>>> left(
            SqlConnection connection,
            String ksbId,
            Source source,
            Instant readAt,
            Map<String, RowOutcome.Stored> stored,
            List<Given> rows) {
        List<String> newer = rows.stream()
                .filter(row -> !stored.containsKey(row.id())
                        || RowOutcome.isNewer(row.version(), stored.get(row.id()), source))
                .map(Given::id)
                .toList();
        return newer.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : soldStock
                        .left(connection, ksbId, newer)
                        .chain(left -> left.isEmpty()
                                ? Uni.createFrom().item(left)
                                : soldStock
                                        .contained(connection, ksbId, readAt, newer)
                                        .chain(() -> soldStock.left(connection, ksbId, newer)));
    }

    private static Uni<Map<String, RowOutcome.Stored>> stored(
            SqlConnection connection, String ksbId, List<Given> rows) {
        return connection
                .preparedQuery(STORED)
                .execute(Tuple.of(ksbId, column(String[]::new, rows, Given::id)))
                .map(found -> Rows.stream(found)
                        .collect(Collectors.toMap(
                                row -> row.getString("id"),
                                row -> new RowOutcome.Stored(
                                        row.getLong("version"),
                                        row.getUUID("hash"),
                                        row.getBoolean("listed"),
                                        row.getString("sold")))));
    }

    private static Uni<Set<Integer>> others(SqlConnection connection, String ksbId, List<Given> rows) {
        return connection
                .preparedQuery(OTHERS)
                .execute(Tuple.of(
                        ksbId,
                        column(String[]::new, rows, Given::id),
                        column(Long[]::new, rows, Given::version),
                        column(UUID[]::new, rows, Given::hash)))
                .map(found ->
                        Rows.stream(found).map(row -> row.getInteger("place")).collect(Collectors.toSet()));
    }

    private Uni<Void> write(SqlConnection connection, String ksbId, ChunkDiff diff, Instant readAt) {
        Uni<Void> confirmed = confirm(connection, ksbId, diff.confirmed(), readAt);
        if (diff.changes().isEmpty()) {
            return confirmed;
        }
        return Uni.combine()
                .all()
                .unis(
                        confirmed,
                        writeChanges(connection, ksbId, diff.changes(), readAt),
                        connection
                                .preparedQuery(ADVANCE)
                                .execute(Tuple.of(ksbId, diff.changeVersion(), diff.products())),
                        outbox.add(connection, events(ksbId, diff.events())))
                .discardItems();
    }

    static List<Event> events(String ksbId, List<ProductsChanged> changes) {
        return changes.stream()
                .map(changed -> new Event(Topics.PRODUCTS, ProductsChanged.TYPE, ksbId, ksbId, changed))
                .toList();
    }

    private static Uni<Void> confirm(SqlConnection connection, String ksbId, List<Product> rows, Instant readAt) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(CONFIRM)
                .execute(Tuple.of(
                        ksbId,
                        column(String[]::new, rows, Product::id),
                        column(Long[]::new, rows, Product::version),
                        Rows.timestamp(readAt)))
                .replaceWithVoid();
    }

    private static Uni<Void> writeChanges(
            SqlConnection connection, String ksbId, List<Change> changes, Instant readAt) {
        List<Product> products = changes.stream().map(Change::product).toList();
        Tuple columns = Tuple.tuple()
                .addString(ksbId)
                .addArrayOfString(column(String[]::new, products, Product::id))
                .addArrayOfLong(column(Long[]::new, products, Product::version))
                .addArrayOfLong(column(Long[]::new, changes, Change::changeVersion))
                .addArrayOfUUID(column(UUID[]::new, changes, Change::hash))
                .addArrayOfString(column(String[]::new, products, Product::name))
                .addArrayOfString(column(String[]::new, products, Product::article))
                .addArrayOfBoolean(column(Boolean[]::new, products, Product::archived))
                .addArrayOfBoolean(column(Boolean[]::new, products, Product::deleted))
                .addArrayOfString(column(String[]::new, products, product -> plain(product.purchasePrice())))
                .addArrayOfString(column(String[]::new, changes, Change::document))
                .addArrayOfString(column(String[]::new, products, Product::searchText))
                .addArrayOfString(column(String[]::new, changes, Change::sold))
                .addOffsetDateTime(Rows.timestamp(readAt));
        return connection.preparedQuery(WRITE).execute(columns).replaceWithVoid();
    }

    private static <T, C> C[] column(IntFunction<C[]> array, List<T> rows, Function<T, C> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static String plain(BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }
}
