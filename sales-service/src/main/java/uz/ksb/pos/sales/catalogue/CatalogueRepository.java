package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.problem.Problem;

/** The tables {@code catalogue_products} and {@code stock_rules}. */
@ApplicationScoped
public class CatalogueRepository {
    private static final TypeReference<List<CatalogueProduct>> PRODUCTS = new TypeReference<>() {};

    /**
     * All that a request needs to know, in one statement: one look into the index for each product. {@code asked} hides the
     * values from the planner, which would plan anew for each enterprise and each length of the arrays, and that takes longer than
     * the statement. Products that are larger together than any sale's are not read: an enterprise that made them so must not fill
     * the memory of all.
     */
    public static final String FIND = """
            with asked as materialized (
              select $1::text as ksb_id, $2::text[] as products%s,
                     coalesce((select rule from stock_rules where ksb_id = $1), 'WARN') as rule
            )%s
            select (select id from catalogue_products where ksb_id = asked.ksb_id order by id limit 1) is not null as known,
                   asked.rule, found.products, found.too_large
            from asked, lateral (
              select coalesce(bool_or(bytes > 3000000), false) as too_large,
                     coalesce(json_agg(json_build_object('id', id, 'currency', currency, 'prices', prices,
                               'pricesVersion', prices_version, 'pricesSince', prices_since, 'previousPrices', previous_prices, 'stock', stock,
                               'cashAllowed', cash_allowed, 'mxik', mxik, 'packageCode', package_code, 'vatRate', vat_rate::text,
                               'sold', %s, 'deleted', deleted)) filter (where bytes <= 3000000), '[]')::text as products
              from (select product.*, sum(octet_length(prices::text) + octet_length(previous_prices::text)
                                          + octet_length(stock::text)) over () as bytes
                    from unnest(asked.products) as named,
                         lateral (select * from catalogue_products
                                  where ksb_id = asked.ksb_id and id = named limit 1) product) p
            ) found""";

    /** Without stock: a statement of its own, or a part of one. */
    public static final String FIND_PRICES = FIND.formatted("", "", "'[]'::json");

    public static final String SALES = ", $3::uuid[] as sales";

    public static final String CHANGED = """
            ,
            changed as materialized (
              select cell.product_id, cell.warehouse, sum(cell.quantity) as quantity
              from asked, pending_sold_stock($1),
                   unnest(product_ids, warehouses, quantities) as cell (product_id, warehouse, quantity)
              where cell.product_id = any(asked.products) and asked.rule <> 'ALLOW'
              group by 1, 2
            )""";

    public static final String SOLD = """
            (select coalesce(json_agg(json_build_object('warehouse', warehouse, 'quantity', quantity::text)), '[]')
                                from (select warehouse, sum(quantity) as quantity from (
                                        select warehouse, quantity from sold_stock_sums
                                        where ksb_id = asked.ksb_id and product_id = p.id and asked.rule <> 'ALLOW'
                                        union all
                                        select warehouse, quantity from changed where product_id = p.id
                                        union all
                                        select warehouse, -quantity from sold_stock
                                        where ksb_id = asked.ksb_id and product_id = p.id and sale_id = any(asked.sales)
                                          and asked.rule <> 'ALLOW') parts
                                      group by warehouse) sold)""";

    /** With the quantities that other sales took since. */
    static final String FIND_FOR_SALE = FIND.formatted(SALES, CHANGED, SOLD);

    /** In one order, so that two sales never wait for each other. */
    private static final String LOCK = """
            select from catalogue_products where ksb_id = $1 and id = any($2) order by id for no key update""";

    /** The newest row of each product, over what is older. */
    private static final String STORE = """
            insert into catalogue_products as stored
              (ksb_id, id, change_version, currency, prices, prices_version, prices_since, stock, cash_allowed,
               mxik, package_code, vat_rate, archived, deleted)
            select distinct on (told ->> 'id') $1, told ->> 'id', (told ->> 'changeVersion')::bigint,
                   told ->> 'currency', coalesce(told -> 'prices', '[]'), (told ->> 'changeVersion')::bigint, $3::timestamptz,
                   coalesce(told -> 'stock', '[]'), coalesce((told ->> 'cashAllowed')::boolean, true),
                   told ->> 'mxik', told ->> 'packageCode', (told ->> 'vatRate')::numeric,
                   coalesce((told ->> 'archived')::boolean, false),
                   coalesce((told ->> 'deleted')::boolean, false)
            from jsonb_array_elements($2::text::jsonb) told
            order by told ->> 'id', (told ->> 'changeVersion')::bigint desc
            on conflict (ksb_id, id) do update set
              change_version = excluded.change_version,
              currency = excluded.currency,
              prices = excluded.prices,
              prices_version = case when (excluded.prices, excluded.currency) is not distinct from (stored.prices, stored.currency)
                then stored.prices_version else excluded.prices_version end,
              prices_since = case when (excluded.prices, excluded.currency) is not distinct from (stored.prices, stored.currency)
                then stored.prices_since else excluded.prices_since end,
              previous_prices = case when (excluded.prices, excluded.currency) is not distinct from (stored.prices, stored.currency)
                then stored.previous_prices else stored.prices end,
              stock = excluded.stock,
              cash_allowed = excluded.cash_allowed,
              mxik = excluded.mxik,
              package_code = excluded.package_code,
              vat_rate = excluded.vat_rate,
              archived = excluded.archived,
              deleted = excluded.deleted
            where stored.change_version < excluded.change_version""";

    private static final String STORE_RULE = """
            insert into stock_rules as stored (ksb_id, version, rule) values ($1, $2, $3)
            on conflict (ksb_id) do update set version = excluded.version, rule = excluded.rule
            where stored.version < excluded.version""";

    private final ObjectMapper json;
    private final Clock clock;

    CatalogueRepository(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * Prices and stock of these products, less the sold quantities. Where no more may be sold than is there, the products stay
     * locked until the transaction ends, so that two sales never take the same piece.
     */
    public Uni<Catalogue> findForSale(SqlConnection connection, String ksbId, Collection<String> productIds) {
        return findWhatIsLeft(connection, ksbId, productIds, List.of())
                .chain(found -> found.limits()
                        ? connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(ksbId, ids(productIds)))
                                .chain(() -> findWhatIsLeft(connection, ksbId, productIds, List.of()))
                        : Uni.createFrom().item(found));
    }

    /**
     * The same for sales that are paid, which nothing refuses.
     *
     * @param except what these sales took, because they may be stored already
     */
    public Uni<Catalogue> findWhatIsLeft(
            SqlClient client, String ksbId, Collection<String> productIds, Collection<UUID> except) {
        return client.preparedQuery(FIND_FOR_SALE)
                .execute(Tuple.of(ksbId, ids(productIds), except.toArray(UUID[]::new)))
                .map(rows -> catalogue(rows.iterator().next()));
    }

    /** @param rows a JSON array of products */
    Uni<Void> store(SqlClient client, String ksbId, String rows) {
        return client.preparedQuery(STORE)
                .execute(Tuple.of(ksbId, rows, Rows.timestamp(clock.instant())))
                .replaceWithVoid();
    }

    Uni<Void> store(SqlClient client, String ksbId, long version, StockRule rule) {
        return client.preparedQuery(STORE_RULE)
                .execute(Tuple.of(ksbId, version, rule.name()))
                .replaceWithVoid();
    }

    Uni<Void> deleteAll(SqlClient client, String ksbId) {
        return client.preparedQuery("delete from catalogue_products where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .replaceWithVoid();
    }

    /** How many products can be sold. */
    Uni<Integer> count(SqlClient client, String ksbId) {
        return client.preparedQuery("select count(*)::int as products from catalogue_products"
                        + " where ksb_id = $1 and not archived and not deleted")
                .execute(Tuple.of(ksbId))
                .map(rows -> rows.iterator().next().getInteger("products"));
    }

    /** The parameter of these statements. */
    public static String[] ids(Collection<String> products) {
        return products.stream().distinct().toArray(String[]::new);
    }

    /** @param row of one of these statements */
    public Catalogue catalogue(Row row) {
        if (row.getBoolean("too_large")) {
            throw Problem.tooLarge("The products of this sale have too many prices and warehouses together.");
        }
        return Catalogue.of(
                row.getBoolean("known"),
                StockRule.valueOf(row.getString("rule")),
                Json.read(json, row.getString("products"), PRODUCTS));
    }
}
