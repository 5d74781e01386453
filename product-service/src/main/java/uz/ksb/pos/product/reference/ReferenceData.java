package uz.ksb.pos.product.reference;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The stored dictionaries. */
@ApplicationScoped
public class ReferenceData {
    private static final String KNOWN =
            "select kind, id from reference_items where ksb_id = $1 and kind = any($2) and id = any($3)";

    private static final String LIST = """
            select id, version, name, currency, cash_kind, archived, deleted from reference_items
            where ksb_id = $1 and kind = $2 and not deleted and id > $3 order by id limit $4""";

    /**
     * Only a newer version with other content changes a row; those it does not touch are not returned. Rows of one reading have one
     * version: of two for one item the later one counts.
     */
    private static final String WRITE = """
            insert into reference_items as stored
                (ksb_id, kind, id, version, name, currency, cash_kind, archived, deleted)
            select $1, $2, * from unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[],
                                         $8::boolean[], $9::boolean[])
            on conflict (ksb_id, kind, id) do update set
                version = excluded.version, name = excluded.name, currency = excluded.currency,
                cash_kind = excluded.cash_kind, archived = excluded.archived, deleted = excluded.deleted
            where excluded.version >= stored.version
              and (excluded.name, excluded.currency, excluded.cash_kind, excluded.archived, excluded.deleted)
                  is distinct from (stored.name, stored.currency, stored.cash_kind, stored.archived, stored.deleted)""";

    private final Pool pool;

    ReferenceData(Pool pool) {
        this.pool = pool;
    }

    /** Those of {@code ids} that products may point to, read in the transaction of {@code connection}. */
    public Uni<KnownReferences> known(SqlConnection connection, String ksbId, Set<String> ids) {
        String[] kinds = {
            ReferenceKind.UNITS.id(),
            ReferenceKind.PRICE_TYPES.id(),
            ReferenceKind.WAREHOUSES.id(),
            ReferenceKind.CURRENCIES.id()
        };
        return connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of(ksbId, kinds, ids.toArray(String[]::new)))
                .map(ReferenceData::known);
    }

    Uni<List<ReferenceItem>> list(String ksbId, ReferenceKind kind, List<String> after, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(ksbId, kind.id(), after == null ? "" : after.getFirst(), limit))
                .map(ReferenceData::items);
    }

    /**
     * Stores items in the transaction of {@code connection}.
     *
     * @param items each id at most once
     * @return how many changed something
     */
    public Uni<Integer> store(SqlConnection connection, String ksbId, ReferenceKind kind, List<ReferenceItem> items) {
        Tuple columns = Tuple.tuple()
                .addString(ksbId)
                .addString(kind.id())
                .addArrayOfString(column(String[]::new, items, ReferenceItem::id))
                .addArrayOfLong(column(Long[]::new, items, ReferenceItem::version))
                .addArrayOfString(column(String[]::new, items, ReferenceItem::name))
                .addArrayOfString(column(String[]::new, items, ReferenceItem::currency))
                .addArrayOfString(column(String[]::new, items, ReferenceItem::kind))
                .addArrayOfBoolean(column(Boolean[]::new, items, ReferenceItem::archived))
                .addArrayOfBoolean(column(Boolean[]::new, items, ReferenceItem::deleted));
        return connection.preparedQuery(WRITE).execute(columns).map(RowSet::rowCount);
    }

    private static KnownReferences known(RowSet<Row> rows) {
        Map<ReferenceKind, Set<String>> ids = new EnumMap<>(ReferenceKind.class);
        for (Row row : rows) {
            ids.computeIfAbsent(ReferenceKind.of(row.getString("kind")).orElseThrow(), kind -> new HashSet<>())
                    .add(row.getString("id"));
        }
        return new KnownReferences(
                ids.getOrDefault(ReferenceKind.UNITS, Set.of()),
                ids.getOrDefault(ReferenceKind.PRICE_TYPES, Set.of()),
                ids.getOrDefault(ReferenceKind.WAREHOUSES, Set.of()),
                ids.getOrDefault(ReferenceKind.CURRENCIES, Set.of()));
    }

    private static List<ReferenceItem> items(RowSet<Row> rows) {
        List<ReferenceItem> items = new ArrayList<>(rows.size());
        for (Row row : rows) {
            items.add(new ReferenceItem(
                    row.getString("id"),
                    row.getLong("version"),
                    row.getString("name"),
                    row.getString("currency"),
                    row.getString("cash_kind"),
                    row.getBoolean("archived"),
                    row.getBoolean("deleted")));
        }
        return items;
    }

    private static <T, C> C[] column(IntFunction<C[]> array, List<T> rows, Function<T, C> value) {
        return rows.stream().map(value).toArray(array);
    }
}
