package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.Receipt;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.content.Origin;

/** The table {@code sales}. */
@ApplicationScoped
public class SaleRepository {
    /** The columns that a writer may change of an open sale. */
    public static final String CONTENT = "kind, return_of, customer_id, currency, main_currency, rate, price_type,"
            + " warehouse, discount_amount, discount_percent, rounding, comment, lines, fiscal, approved_by";

    /** The columns that are written with each change of an open sale. */
    public static final String WRITTEN = CONTENT + ", revision, changed_at, total, discount, draft_search";

    private static final String INSERT = "insert into sales (" + SaleRow.COLUMNS + ") select " + SaleRow.COLUMNS;

    /** The document, unless it is not open, was changed since, or is the same as before. */
    private static final String WRITE = INSERT
            + " from json_populate_record(null::sales, $1::text::json)"
            + " on conflict (ksb_id, id) do update set " + each(WRITTEN, name -> name + " = excluded." + name)
            + " where sales.status = 'OPEN' and sales.revision = excluded.revision - 1"
            + " and (" + each(CONTENT, name -> "sales." + name) + ") is distinct from ("
            + each(CONTENT, name -> "excluded." + name) + ")"
            + " returning revision, xmax::text = '0' as inserted, device_id, device_code, cashier, uploader, opened_at";

    private static final String INSERT_NEW = INSERT
            + " from json_populate_recordset(null::sales, $1::text::json) order by id"
            + " on conflict (ksb_id, id) do nothing returning id";

    private static final String REPLACE = "update sales set (" + SaleRow.COLUMNS + ") = (select " + SaleRow.COLUMNS
            + " from json_populate_record(null::sales, $1::text::json)) where ksb_id = $2 and id = $3";

    private static final String FIND = "select " + SaleRow.SELECTED + " from sales where ksb_id = $1 and id = $2";

    /** Of the lines of sales that are read at once; one sale, or a return with its receipt, is always read. */
    static final int MAX_BYTES_AT_ONCE = 4_000_000;

    /** As many as may be read at once, each with the number of all. */
    static final String LOCK_ALL = """
            with locked as materialized (
              select * from sales where ksb_id = $1 and id = any($2) order by id for update
            )
            select\s""" + SaleRow.SELECTED + ", found from (\n" + """
              select *, count(*) over () as found, octet_length(lines::text) as bytes,
                     sum(octet_length(lines::text)) over (order by id) as so_far
              from locked) measured
            where so_far - bytes < $3""";

    private static final String LOCK_WITH_RECEIPT = "select " + SaleRow.SELECTED
            + " from sales where ksb_id = $1 and id = any (array(select $2::uuid union all select return_of from sales"
            + " where ksb_id = $1 and id = $2 and kind = 'RETURN')) order by id for update";

    /**
     * Deletes empty sales of all enterprises; a time far ahead is ignored. The lock of a row lets its conditions be
     * looked at again.
     */
    private static final String DELETE_EMPTY = """
            with empty as materialized (
              select ksb_id, id from sales
              where status = 'OPEN' and lines = '[]' and payments = '[]' and changed_at not between $1 and $2
              order by ksb_id, id limit $3 for update skip locked
            )
            delete from sales where (ksb_id, id) in (select ksb_id, id from empty)
            returning ksb_id, id, revision""";

    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;

    SaleRepository(Pool pool, ObjectMapper json, Clock clock) {
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    public Uni<Sale> find(String ksbId, UUID id) {
        return find(pool, ksbId, id);
    }

    public Uni<Sale> find(SqlClient client, String ksbId, UUID id) {
        return find(client, FIND, ksbId, id);
    }

    /** The sale, locked until the transaction ends; null when there is none. */
    public Uni<Sale> lock(SqlConnection connection, String ksbId, UUID id) {
        return find(connection, FIND + " for update", ksbId, id);
    }

    /**
     * The sale, locked with its receipt when it is a return, in the order of {@link #lockAll}; null when there is none.
     */
    public Uni<Sale> lockWithReceipt(SqlConnection connection, String ksbId, UUID id) {
        return connection
                .preparedQuery(LOCK_WITH_RECEIPT)
                .execute(Tuple.of(ksbId, id))
                .map(rows -> byId(rows).get(id));
    }

    private Map<UUID, Sale> byId(RowSet<Row> rows) {
        return Rows.stream(rows)
                .map(row -> SaleRow.sale(row, json))
                .collect(Collectors.toMap(Sale::id, Function.identity()));
    }

    /** The sales are too large to be read at once: they are asked for one by one. */
    public static final class TooLargeTogether extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeTogether() {
            super("the sales are too large to be read at once", null, false, false);
        }
    }

    /**
     * Those of the sales that are there, locked in the order of their ids: two requests never wait for each other. Fails with
     * {@link TooLargeTogether}.
     */
    public Uni<Map<UUID, Sale>> lockAll(SqlConnection connection, String ksbId, Collection<UUID> ids) {
        return connection
                .preparedQuery(LOCK_ALL)
                .execute(Tuple.of(ksbId, ids.toArray(UUID[]::new), MAX_BYTES_AT_ONCE))
                .map(rows -> {
                    if (rows.rowCount() > 0 && rows.iterator().next().getLong("found") > rows.rowCount()) {
                        throw new TooLargeTogether();
                    }
                    return byId(rows);
                });
    }

    /** The sums of the returns of these sales, as far as they count, without the sales {@code except} themselves. */
    public Uni<Map<UUID, Receipt.Returned>> returnsOf(
            SqlClient client, String ksbId, Collection<UUID> receipts, Collection<UUID> except) {
        return client.preparedQuery(ReturnedRow.SELECT)
                .execute(Tuple.of(ksbId, receipts.toArray(UUID[]::new), except.toArray(UUID[]::new)))
                .map(rows -> Rows.stream(rows)
                        .collect(Collectors.toMap(
                                row -> row.getUUID("return_of"), row -> ReturnedRow.returned(row, json))));
    }

    /** The finished sale with its returns; null when there is none. The sale must be locked when returns are added. */
    public Uni<Receipt> receipt(SqlClient client, Sale sold, UUID except) {
        return sold instanceof CompletedSale completed
                ? returnsOf(client, sold.ksbId(), List.of(sold.id()), List.of(except))
                        .map(returned ->
                                new Receipt(completed, returned.getOrDefault(sold.id(), Receipt.Returned.NOTHING)))
                : Uni.createFrom().nullItem();
    }

    /**
     * Writes an open sale over the revision before it.
     *
     * @return what happened, with the origin of its first writer; null when it may not be written or is there already
     */
    public Uni<SaleEvent> write(SqlConnection connection, OpenSale sale) {
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.of(row(sale)))
                .map(rows -> rows.rowCount() == 0
                        ? null
                        : written(sale, rows.iterator().next()));
    }

    /** Writes over what is stored; the row must be locked. */
    public Uni<Void> replace(SqlConnection connection, Sale sale) {
        return connection
                .preparedQuery(REPLACE)
                .execute(Tuple.of(row(sale), sale.ksbId(), sale.id()))
                .replaceWithVoid();
    }

    /** @param revision one more than its last one */
    public record Deleted(String ksbId, UUID id, int revision) {}

    /**
     * Deletes sales that are open, without lines and payments, and idle; none that somebody works on at this moment.
     *
     * @param idle for how long they were left alone
     * @param most of them
     */
    public Uni<List<Deleted>> deleteEmpty(SqlConnection connection, Duration idle, int most) {
        OffsetDateTime now = Rows.timestamp(clock.instant());
        return connection
                .preparedQuery(DELETE_EMPTY)
                .execute(Tuple.of(now.minus(idle), now.plus(idle), most))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Deleted(
                                row.getString("ksb_id"), row.getUUID("id"), row.getInteger("revision") + 1)));
    }

    /** Inserts those whose id is not there yet, in one statement. The ids must differ. */
    public Uni<Set<UUID>> insertNew(SqlConnection connection, List<CompletedSale> sales) {
        return connection
                .preparedQuery(INSERT_NEW)
                .execute(Tuple.of(text(sales.stream()
                        .map(sale -> SaleRow.of(sale, clock.instant()))
                        .toList())))
                .map(SaleRepository::ids);
    }

    private Uni<Sale> find(SqlClient client, String sql, String ksbId, UUID id) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(ksbId, id))
                .map(rows -> Rows.first(rows, row -> SaleRow.sale(row, json)));
    }

    /** The row of a sale as JSON, for {@link HeldSaleRepository#insert}. */
    public String row(Sale sale) {
        return text(SaleRow.of(sale, clock.instant()));
    }

    private String text(Object value) {
        return Json.write(json, value);
    }

    private static SaleEvent written(OpenSale sale, Row row) {
        OpenSale stored = sale.startedBy(new Origin(
                row.getString("device_id"),
                row.getString("device_code"),
                row.getString("cashier"),
                row.getString("uploader"),
                Rows.instant(row, "opened_at")));
        return row.getBoolean("inserted") ? new SaleEvent.SaleOpened(stored) : new SaleEvent.SaleUpdated(stored);
    }

    private static Set<UUID> ids(RowSet<Row> rows) {
        Set<UUID> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }

    private static String each(String columns, UnaryOperator<String> expression) {
        return Arrays.stream(columns.split(", ", -1)).map(expression).collect(Collectors.joining(", "));
    }
}
