package uz.ksb.pos.sales.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.totals.Enterprises.Enterprise;
import uz.ksb.pos.sales.totals.TotalChange;
import uz.ksb.pos.sales.totals.TotalsFolding;

/** Customers as the back office has them: only newer versions with other content change anything. */
@ApplicationScoped
public class CustomerImport {
    /** Locked in one order, so that two imports never wait for each other; what is new has no row yet. */
    private static final String LOCK = """
            select id, archived from customers where ksb_id = $1 and id = any($2) order by id for update""";

    private static final String WRITE = """
            insert into customers as c
                (ksb_id, id, name, phone, archived, version, source_version, source_balances)
            select $1, id, name, coalesce(phone, ''), coalesce(archived, false), 1, version,
                   coalesce(balances, '[]'::jsonb)
            from json_to_recordset($2::text::json) as given(
                id uuid, version bigint, name text, phone text, archived boolean, balances jsonb)
            on conflict (ksb_id, id) do update set
                name = excluded.name, phone = excluded.phone, archived = excluded.archived,
                version = c.version + 1, source_version = excluded.source_version,
                source_balances = excluded.source_balances
            where excluded.source_version > c.source_version
              and (c.name, c.phone, c.archived, c.source_balances)
                  is distinct from (excluded.name, excluded.phone, excluded.archived, excluded.source_balances)
            returning id, archived""";

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
                    left join sales s on s.ksb_id = m.ksb_id and s.id = m.id
                where m.ksb_id = $1 and m.customer_id = any($2) and s.delivery_status is distinct from 'DELIVERED')
            select id, currency, sum(amount) as amount from amounts group by id, currency""";

    private static final String SET_BALANCES = """
            insert into customer_balances (ksb_id, customer_id, currency, amount)
            select $1, * from unnest($2::uuid[], $3::text[], $4::numeric[])""";

    private final CustomerRepository customers;
    private final TotalsFolding totals;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;

    CustomerImport(CustomerRepository customers, TotalsFolding totals, Outbox outbox, ObjectMapper json, Clock clock) {
        this.customers = customers;
        this.totals = totals;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** A customer as the back office gives it; {@code balances}: positive is credit, negative debt. */
    public record ImportedCustomer(
            UUID id, long version, String name, String phone, boolean archived, List<CustomerView.Balance> balances) {}

    /**
     * Stores customers in the transaction of {@code connection}.
     *
     * @param given each id at most once
     * @return how many changed something
     */
    public Uni<Integer> store(SqlConnection connection, Enterprise enterprise, List<ImportedCustomer> given) {
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
                        .execute(Tuple.of(ksbId, text(given)))
                        .call(written -> follow(connection, enterprise, before, written)))
                .map(RowSet::rowCount);
    }

    private Uni<Void> follow(SqlConnection connection, Enterprise enterprise, List<UUID> before, RowSet<Row> written) {
        UUID[] changed = stream(written).map(row -> row.getUUID("id")).toArray(UUID[]::new);
        if (changed.length == 0) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> ids = List.of(changed);
        int gone = (int) before.stream().filter(ids::contains).count();
        int more = present(written).size() - gone;
        TotalChange change = TotalChange.ofNoSale(
                        enterprise.ksbId(), enterprise.dateOf(clock.instant()), enterprise.currency())
                .customers(more);
        return balances(connection, enterprise.ksbId(), changed)
                .chain(() -> totals.add(connection, more == 0 ? List.of() : List.of(change)))
                .chain(() -> customers.findAll(connection, enterprise.ksbId(), changed))
                .chain(views -> outbox.add(
                        connection,
                        views.stream()
                                .map(view -> CustomerAccounts.changed(enterprise.ksbId(), view))
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
                                stream(amounts).map(row -> row.getUUID("id")).toArray(UUID[]::new),
                                stream(amounts)
                                        .map(row -> row.getString("currency"))
                                        .toArray(String[]::new),
                                stream(amounts)
                                        .map(row -> row.getBigDecimal("amount"))
                                        .toArray(java.math.BigDecimal[]::new))))
                .replaceWithVoid();
    }

    private static List<UUID> present(RowSet<Row> rows) {
        return stream(rows)
                .filter(row -> !row.getBoolean("archived"))
                .map(row -> row.getUUID("id"))
                .toList();
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private String text(List<ImportedCustomer> given) {
        try {
            return json.writeValueAsString(given);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("customers cannot be written as JSON", e);
        }
    }
}
