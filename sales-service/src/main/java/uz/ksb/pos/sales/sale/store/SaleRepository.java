package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.ReturnCalculator;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;

/** The table {@code sales}. */
@ApplicationScoped
public class SaleRepository {
    private static final String INSERT = "insert into sales (" + SaleRow.COLUMNS + ") select " + SaleRow.COLUMNS;

    /** The document, unless it is not open, was changed since, or is the same as before. */
    private static final String WRITE = INSERT
            + " from json_populate_record(null::sales, $1::text::json)"
            + " on conflict (ksb_id, id) do update set " + written()
            + " where sales.status = 'OPEN' and sales.revision = excluded.revision - 1"
            + " and (" + content("sales") + ") is distinct from (" + content("excluded") + ")"
            + " returning revision, xmax::text = '0' as inserted, device_id, device_code, cashier, uploader, opened_at";

    private static final String INSERT_NEW = INSERT
            + " from json_populate_recordset(null::sales, $1::text::json) order by id"
            + " on conflict (ksb_id, id) do nothing returning id";

    private static final String REPLACE = "update sales set (" + SaleRow.COLUMNS + ") = (select " + SaleRow.COLUMNS
            + " from json_populate_record(null::sales, $1::text::json)) where ksb_id = $2 and id = $3";

    private static final String FIND = "select " + SaleRow.SELECTED + " from sales where ksb_id = $1 and id = $2";

    /** For each of them one look into the index, whatever the planner thinks of the table. */
    public static final String SEQUENCES_TAKEN = """
            select asked.id
            from unnest($2::text[], $3::bigint[], $4::uuid[]) as asked (device_id, device_sequence, id),
                 lateral (select from sales
                          where ksb_id = $1 and device_id = asked.device_id and device_sequence = asked.device_sequence
                            and id <> asked.id
                          limit 1) taken""";

    private static final String RETURNED = """
            select line ->> 'returnOfLine' as line,
                   sum((line ->> 'quantity')::numeric) as quantity,
                   sum((line ->> 'sum')::numeric) as sum,
                   sum((line ->> 'sum')::numeric - (line ->> 'discount')::numeric) as net
            from sales, jsonb_array_elements(lines) line
            where ksb_id = $1 and return_of = $2 and status = 'COMPLETED' and id <> $3 and line ? 'returnOfLine'
            group by 1""";

    /** Of all enterprises; a time far ahead is ignored. The lock of a row lets its conditions be looked at again. */
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

    /** Marks a finished return that was brought later with what it breaks of its receipt. */
    public Uni<CompletedSale> flaggedByReceipt(SqlConnection connection, CompletedSale made) {
        UUID original = made.content().returnOf();
        if (made.content().kind() != SaleKind.RETURN || original == null) {
            return Uni.createFrom().item(made);
        }
        return lock(connection, made.ksbId(), original)
                .chain(stored -> stored instanceof CompletedSale sold
                        ? returnedOf(connection, made.ksbId(), original, made.id())
                                .map(before -> ReturnCalculator.exceeding(made.content(), sold, before).stream()
                                        .map(RuleViolation::flag)
                                        .reduce(made, CompletedSale::flagged, (one, other) -> other))
                        : Uni.createFrom().item(made.flagged("unknown-return")));
    }

    public Uni<Sale> find(String ksbId, UUID id) {
        return find(pool, FIND, ksbId, id);
    }

    /** The sale, locked until the transaction ends; null when there is none. */
    public Uni<Sale> lock(SqlConnection connection, String ksbId, UUID id) {
        return find(connection, FIND + " for update", ksbId, id);
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
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return connection
                .preparedQuery(DELETE_EMPTY)
                .execute(Tuple.of(now.minus(idle), now.plus(idle), most))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row ->
                                new Deleted(row.getString("ksb_id"), row.getUUID("id"), row.getInteger("revision") + 1))
                        .toList());
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

    /** Inserts a kept row under another id, flagged. */
    public Uni<Void> insertRow(SqlConnection connection, String row, UUID id, String flag) {
        return connection
                .preparedQuery(INSERT
                        + " from jsonb_populate_record(null::sales, jsonb_set($1::text::jsonb, '{flags}',"
                        + " ($1::text::jsonb -> 'flags') || to_jsonb($3::text)) || jsonb_build_object('id', $2::uuid))")
                .execute(Tuple.of(row, id, flag))
                .replaceWithVoid();
    }

    /** Whether another sale than {@code id} has this number of the till. */
    public Uni<Boolean> isTaken(SqlConnection connection, String ksbId, String deviceId, Long deviceSequence, UUID id) {
        return deviceId == null || deviceSequence == null
                ? Uni.createFrom().item(false)
                : connection
                        .preparedQuery(SEQUENCES_TAKEN)
                        .execute(Tuple.of(ksbId, new String[] {deviceId}, new Long[] {deviceSequence}, new UUID[] {id}))
                        .map(rows -> rows.rowCount() > 0);
    }

    /** Those of the sales whose number another sale has. */
    public Uni<Set<UUID>> withTakenNumber(SqlConnection connection, String ksbId, List<CompletedSale> sales) {
        List<CompletedSale> numbered = sales.stream()
                .filter(sale -> sale.completion().deviceSequence() != null
                        && sale.origin().deviceId() != null)
                .toList();
        if (numbered.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return connection
                .preparedQuery(SEQUENCES_TAKEN)
                .execute(Tuple.of(
                        ksbId,
                        numbered.stream().map(sale -> sale.origin().deviceId()).toArray(String[]::new),
                        numbered.stream()
                                .map(sale -> sale.completion().deviceSequence())
                                .toArray(Long[]::new),
                        numbered.stream().map(CompletedSale::id).toArray(UUID[]::new)))
                .map(SaleRepository::ids);
    }

    /** What came back of a sale, by line; without the return {@code except} itself. */
    public Uni<Map<String, ReturnCalculator.Returned>> returnedOf(
            SqlConnection connection, String ksbId, UUID sale, UUID except) {
        return connection
                .preparedQuery(RETURNED)
                .execute(Tuple.of(ksbId, sale, except))
                .map(SaleRepository::returned);
    }

    private Uni<Sale> find(SqlClient client, String sql, String ksbId, UUID id) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(ksbId, id))
                .map(rows -> rows.rowCount() == 0
                        ? null
                        : SaleRow.sale(rows.iterator().next(), json));
    }

    /** The row of a sale as JSON, for {@link #insertRow}. */
    public String row(Sale sale) {
        return text(SaleRow.of(sale, clock.instant()));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a sale cannot be written as JSON", e);
        }
    }

    private static SaleEvent written(OpenSale sale, Row row) {
        OpenSale stored = sale.startedBy(new Origin(
                row.getString("device_id"),
                row.getString("device_code"),
                row.getString("cashier"),
                row.getString("uploader"),
                row.getOffsetDateTime("opened_at").toInstant()));
        return row.getBoolean("inserted") ? new SaleEvent.SaleOpened(stored) : new SaleEvent.SaleUpdated(stored);
    }

    private static Set<UUID> ids(RowSet<Row> rows) {
        Set<UUID> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }

    private static Map<String, ReturnCalculator.Returned> returned(RowSet<Row> rows) {
        Map<String, ReturnCalculator.Returned> byLine = new HashMap<>();
        rows.forEach(row -> byLine.put(
                row.getString("line"),
                new ReturnCalculator.Returned(
                        row.getBigDecimal("quantity"), row.getBigDecimal("sum"), row.getBigDecimal("net"))));
        return byLine;
    }

    /** What a writer may change of an open sale. */
    private static List<String> contentColumns() {
        return List.of(
                "kind",
                "return_of",
                "customer_id",
                "currency",
                "main_currency",
                "rate",
                "price_type",
                "warehouse",
                "discount_amount",
                "discount_percent",
                "rounding",
                "comment",
                "lines");
    }

    private static String content(String table) {
        return contentColumns().stream().map(name -> table + "." + name).collect(Collectors.joining(", "));
    }

    private static String written() {
        return java.util.stream.Stream.concat(
                        contentColumns().stream(),
                        java.util.stream.Stream.of("revision", "changed_at", "total", "discount", "draft_search"))
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
    }
}
