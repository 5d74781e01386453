package uz.ksb.pos.sales.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;
import uz.ksb.pos.sales.totals.TotalChange;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Customers as the back office has them: only newer versions with other content change anything. */
@ApplicationScoped
public class CustomerImport {
    /** Locked in one order, so that two imports never wait for each other; what is new has no row yet. */
    private static final String LOCK = """
            select id, archived from customers where ksb_id = $1 and id = any($2) order by id for update""";

    /**
     * The same at a later version only makes older rows stale; what else it contains {@link #settle} finds at its end. Rows of one
     * reading have one version: of two for one customer the later one counts.
     */
    private static final String WRITE = """
            insert into customers as c
                (ksb_id, id, name, phone, archived, search, version, source_version, source_balances, source_read_at)
            select $1, id, name, coalesce(phone, ''), coalesce(archived, false), search, 1, version,
                   coalesce(balances, '[]'::jsonb), $3::timestamptz
            from json_to_recordset($2::text::json) as given(
                id uuid, version bigint, name text, phone text, archived boolean, search text, balances jsonb)
            on conflict (ksb_id, id) do update set
                name = coalesce(nullif(excluded.name, ''), c.name), phone = excluded.phone, archived = excluded.archived,
                search = case excluded.name when '' then c.search else excluded.search end,
                source_version = excluded.source_version, source_balances = excluded.source_balances,
                (version, source_read_at) = (
                    select case when changed then c.version + 1 else c.version end,
                           case when changed then excluded.source_read_at else c.source_read_at end
                    from (select c.source_version = 0
                              or (c.name, c.phone, c.archived, c.source_balances) is distinct from
                                 (coalesce(nullif(excluded.name, ''), c.name), excluded.phone, excluded.archived,
                                  excluded.source_balances)) as told (changed))
            where excluded.source_version >= c.source_version
            returning id, archived, old.version is distinct from new.version as changed""";

    /** The back office's value and those of our movements that it cannot contain yet. */
    private static final String BALANCES = """
            with stale as (
                delete from customer_balances where ksb_id = $1 and customer_id = any($2)),
            amounts as (
                select c.id, b.currency, b.amount from customers c,
                    jsonb_to_recordset(c.source_balances) as b(currency text, amount numeric)
                where c.ksb_id = $1 and c.id = any($2)
                union all
                select m.customer_id, m.currency, m.amount from customer_movements m
                    join customers c on c.ksb_id = m.ksb_id and c.id = m.customer_id
                    left join sales s on s.ksb_id = m.ksb_id and s.id = m.id and m.kind <> 'PAYMENT'
                where m.ksb_id = $1 and m.customer_id = any($2)
                  and (s.delivery_status in ('DELIVERED', 'CLOSED')
                       and coalesce(s.settled_at, '-infinity') < coalesce(c.source_read_at, 'infinity')) is not true)
            select id, currency, sum(amount) as amount from amounts group by id, currency""";

    private static final String SET_BALANCES = """
            insert into customer_balances (ksb_id, customer_id, currency, amount)
            select $1, * from unnest($2::uuid[], $3::text[], $4::numeric[])""";

    /** A reading is only noted when it began later; the one before says what is settled already. */
    private static final String NOTE_READING = """
            insert into customer_readings as noted (ksb_id, read_at) values ($1, $2)
            on conflict (ksb_id) do update set read_at = greatest(noted.read_at, excluded.read_at)
            returning old.read_at as before""";

    /** Customers whose balance counts a movement twice: the back office's value contains it by now. */
    private static final String SETTLE = """
            update customers set version = version + 1, source_read_at = $2
            where ksb_id = $1 and id in (
                select id from customers where ksb_id = $1 and id in (
                    select c.id from sales s
                        join customer_movements m on m.ksb_id = s.ksb_id and m.id = s.id and m.kind <> 'PAYMENT'
                        join customers c on c.ksb_id = m.ksb_id and c.id = m.customer_id and c.source_version > 0
                    where s.ksb_id = $1 and s.customer_id is not null and s.settled_at < $2
                      and s.settled_at >= coalesce($3::timestamptz, '-infinity')
                      and s.settled_at >= coalesce(c.source_read_at, '-infinity'))
                order by id for update)
            returning id""";

    private final CustomerRepository customers;
    private final TotalsAggregator totals;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;

    CustomerImport(
            CustomerRepository customers, TotalsAggregator totals, Outbox outbox, ObjectMapper json, Clock clock) {
        this.customers = customers;
        this.totals = totals;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A customer as the back office gives it.
     *
     * @param name empty: as it is
     * @param balances positive is credit, negative debt
     */
    public record ImportedCustomer(
            UUID id, long version, String name, String phone, boolean archived, List<CustomerView.Balance> balances) {
        @JsonProperty
        String search() {
            return CustomerView.searchText(name, phone);
        }
    }

    /**
     * Stores customers in the transaction of {@code connection}.
     *
     * @param given each id at most once
     * @param readAt when the back office began to be read
     * @return how many changed something
     */
    public Uni<Integer> store(
            SqlConnection connection, Enterprise enterprise, List<ImportedCustomer> given, Instant readAt) {
        if (given.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        String ksbId = enterprise.ksbId();
        UUID[] ids = given.stream().map(ImportedCustomer::id).toArray(UUID[]::new);
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(ksbId, ids))
                .map(CustomerImport::present)
                .chain(before -> connection
                        .preparedQuery(WRITE)
                        .execute(Tuple.of(ksbId, text(given), Rows.timestamp(readAt)))
                        .map(written -> Rows.stream(written)
                                .filter(row -> row.getBoolean("changed"))
                                .toList())
                        .call(changed -> follow(connection, enterprise, before, changed)))
                .map(List::size);
    }

    /**
     * A reading is applied. Customers that it did not bring, or brought unchanged, have the balances known of them, which
     * contain what was settled before it began.
     */
    public Uni<Void> settle(SqlConnection connection, String ksbId, Instant readAt) {
        return connection
                .preparedQuery(NOTE_READING)
                .execute(Tuple.of(ksbId, Rows.timestamp(readAt)))
                .chain(noted -> connection
                        .preparedQuery(SETTLE)
                        .execute(Tuple.of(
                                ksbId,
                                Rows.timestamp(readAt),
                                noted.iterator().next().getOffsetDateTime("before"))))
                .chain(settled -> recalculateBalances(connection, ksbId, ids(Rows.stream(settled))));
    }

    private Uni<Void> follow(SqlConnection connection, Enterprise enterprise, Set<UUID> before, List<Row> written) {
        int more = 0;
        for (Row row : written) {
            more += (row.getBoolean("archived") ? 0 : 1) - (before.contains(row.getUUID("id")) ? 1 : 0);
        }
        TotalChange change = TotalChange.counterChange(
                        enterprise.ksbId(), enterprise.dateOf(clock.instant()), enterprise.currency())
                .customers(more);
        return totals.add(connection, more == 0 ? List.of() : List.of(change))
                .chain(() -> recalculateBalances(connection, enterprise.ksbId(), ids(written.stream())));
    }

    private Uni<Void> recalculateBalances(SqlConnection connection, String ksbId, UUID[] changed) {
        return changed.length == 0
                ? Uni.createFrom().voidItem()
                : balances(connection, ksbId, changed)
                        .chain(() -> customers.findAll(connection, ksbId, changed))
                        .chain(views -> outbox.add(
                                connection,
                                views.stream()
                                        .map(view -> CustomerAccounts.changed(ksbId, view))
                                        .toList()));
    }

    private Uni<Void> balances(SqlConnection connection, String ksbId, UUID[] changed) {
        return connection
                .preparedQuery(BALANCES)
                .execute(Tuple.of(ksbId, changed))
                .chain(amounts -> connection
                        .preparedQuery(SET_BALANCES)
                        .execute(Tuple.of(
                                ksbId,
                                ids(Rows.stream(amounts)),
                                Rows.stream(amounts)
                                        .map(row -> row.getString("currency"))
                                        .toArray(String[]::new),
                                Rows.stream(amounts)
                                        .map(row -> row.getBigDecimal("amount"))
                                        .toArray(java.math.BigDecimal[]::new))))
                .replaceWithVoid();
    }

    private static Set<UUID> present(RowSet<Row> rows) {
        return Rows.stream(rows)
                .filter(row -> !row.getBoolean("archived"))
                .map(row -> row.getUUID("id"))
                .collect(Collectors.toSet());
    }

    private static UUID[] ids(Stream<Row> rows) {
        return rows.map(row -> row.getUUID("id")).toArray(UUID[]::new);
    }

    private String text(List<ImportedCustomer> given) {
        return Json.write(json, given);
    }
}
