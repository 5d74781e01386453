package uz.ksb.pos.sales.customer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.text.SearchText;

/** The tables of customers, their balances and movements. */
@ApplicationScoped
class CustomerRepository {
    private static final String SELECT = """
            select id, name, phone, archived, version,
                   (select coalesce(json_agg(json_build_object('currency', currency, 'amount', amount::text)
                                             order by currency), '[]')::text
                    from customer_balances b where b.ksb_id = c.ksb_id and b.customer_id = c.id) as balances
            from customers c where ksb_id = $1 and\s""";

    /** A movement that is there already moves nothing. A new one moves the balance and the customer's version. */
    private static final String MOVE = """
            with moved as (
              insert into customer_movements (ksb_id, id, customer_id, kind, currency, amount, payment_kind, login, at)
              select ksb_id, id, customer_id, kind, currency, amount, payment_kind, login, at
              from json_populate_recordset(null::customer_movements, $1::text::json)
              on conflict do nothing returning ksb_id, customer_id, currency, amount
            ),
            balances as (
              insert into customer_balances as b (ksb_id, customer_id, currency, amount)
              select ksb_id, customer_id, currency, sum(amount) from moved group by 1, 2, 3 order by 1, 2, 3
              on conflict (ksb_id, customer_id, currency) do update set amount = b.amount + excluded.amount
            )
            update customers set version = version + 1
            where (ksb_id, id) in (select ksb_id, customer_id from moved) returning id""";

    private static final TypeReference<List<CustomerView.Balance>> BALANCES = new TypeReference<>() {};

    private final Pool pool;
    private final Readings readings;
    private final ObjectMapper json;

    CustomerRepository(Pool pool, Readings readings, ObjectMapper json) {
        this.readings = readings;
        this.pool = pool;
        this.json = json;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record MovementRow(
            String ksbId,
            UUID id,
            UUID customerId,
            Movement.Kind kind,
            String currency,
            BigDecimal amount,
            String paymentKind,
            String login,
            Instant at) {

        static MovementRow of(Movement movement) {
            return new MovementRow(
                    movement.ksbId(),
                    movement.id(),
                    movement.customerId(),
                    movement.kind(),
                    movement.currency(),
                    movement.amount(),
                    movement.paymentKind(),
                    movement.login(),
                    movement.at());
        }
    }

    /** @return whether it is new */
    Uni<Boolean> insert(SqlConnection connection, String ksbId, CustomerView customer) {
        return connection
                .preparedQuery("""
                        insert into customers (ksb_id, id, name, phone, archived, version, search, created_as)
                        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (ksb_id, id) do nothing""")
                .execute(values(ksbId, customer).addString(createdAs(customer)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether the customer was created at a till with this name and phone; later changes do not count. */
    Uni<Boolean> wasCreatedAs(SqlConnection connection, String ksbId, CustomerView customer) {
        return connection
                .preparedQuery("select coalesce(created_as, name || E'\\n' || phone) = $3 from customers"
                        + " where ksb_id = $1 and id = $2")
                .execute(Tuple.of(ksbId, customer.id(), createdAs(customer)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static String createdAs(CustomerView customer) {
        return customer.name() + "\n" + customer.phone();
    }

    Uni<Void> update(SqlConnection connection, String ksbId, CustomerView customer) {
        return connection.preparedQuery("""
                        update customers set name = $3, phone = $4, archived = $5, version = $6, search = $7
                        where ksb_id = $1 and id = $2""").execute(values(ksbId, customer)).replaceWithVoid();
    }

    private static Tuple values(String ksbId, CustomerView customer) {
        return Tuple.from(List.of(
                ksbId,
                customer.id(),
                customer.name(),
                customer.phone(),
                customer.archived(),
                customer.version(),
                CustomerView.searchText(customer.name(), customer.phone())));
    }

    Uni<CustomerView> find(SqlClient client, String ksbId, UUID id) {
        return client.preparedQuery(SELECT + "id = $2")
                .execute(Tuple.of(ksbId, id))
                .map(rows -> first(views(rows)));
    }

    Uni<List<CustomerView>> findAll(SqlClient client, String ksbId, UUID[] ids) {
        return client.preparedQuery(SELECT + "id = any($2)")
                .execute(Tuple.of(ksbId, ids))
                .map(this::views);
    }

    Uni<Set<UUID>> unknown(SqlClient client, String ksbId, UUID[] ids) {
        return client.preparedQuery("""
                        select id from unnest($2::uuid[]) as asked (id)
                        where not exists (select from customers c where c.ksb_id = $1 and c.id = asked.id)""")
                .execute(Tuple.of(ksbId, ids))
                .map(rows -> Rows.stream(rows).map(row -> row.getUUID("id")).collect(Collectors.toSet()));
    }

    /** The ids that the back office has not told of. */
    Uni<List<CustomerView>> createdAtTill(SqlClient client, String ksbId, UUID[] ids) {
        return client.preparedQuery(SELECT + "id = any($2) and source_version = 0")
                .execute(Tuple.of(ksbId, ids))
                .map(this::views);
    }

    Uni<CustomerView> lock(SqlConnection connection, String ksbId, UUID id) {
        return connection
                .preparedQuery(SELECT + "id = $2 for update of c")
                .execute(Tuple.of(ksbId, id))
                .map(rows -> first(views(rows)));
    }

    /**
     * By name; not the archived ones.
     *
     * @param words of a search, in their normal form: all of them are contained
     */
    Uni<List<CustomerView>> search(String ksbId, List<String> words, List<String> after, int limit) {
        Tuple values = Tuple.of(
                ksbId, after == null ? null : after.get(0), after == null ? null : Page.id(after.get(1)), limit);
        StringBuilder conditions =
                new StringBuilder("not archived and ($2::text is null or (name, id) > ($2, $3::uuid))");
        for (String word : words) {
            values.addString("%" + SearchText.escapedForLike(word) + "%");
            conditions.append(" and search like $").append(values.size());
        }
        String sql = SELECT + conditions + " order by name, id limit $4";
        return readings.within(ksbId, Readings.SEARCH, connection -> connection
                        .preparedQuery(sql)
                        .execute(values))
                .map(this::views);
    }

    Uni<Long> count(String ksbId) {
        return pool.preparedQuery("select count(*) from customers where ksb_id = $1 and not archived")
                .execute(Tuple.of(ksbId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** @return the customers whose balance moved, as they are now */
    Uni<List<CustomerView>> move(SqlConnection connection, List<Movement> movements) {
        String ksbId = movements.getFirst().ksbId();
        return connection
                .preparedQuery(MOVE)
                .execute(Tuple.of(text(movements)))
                .map(rows -> Rows.stream(rows).map(row -> row.getUUID("id")).toArray(UUID[]::new))
                .chain(moved -> findAll(connection, ksbId, moved));
    }

    /** Newest first. */
    Uni<List<Movement>> movements(String ksbId, UUID customer, List<String> after, int limit) {
        return pool.preparedQuery("""
                        select * from customer_movements where ksb_id = $1 and customer_id = $2
                        and ($3::timestamptz is null or (at, id, kind, currency) < ($3, $4::uuid, $5, $6))
                        order by at desc, id desc, kind desc, currency desc limit $7""")
                .execute(Tuple.from(Arrays.asList(
                        ksbId,
                        customer,
                        after == null ? null : Page.time(after.get(0)),
                        after == null ? null : Page.id(after.get(1)),
                        after == null ? null : after.get(2),
                        after == null ? null : after.get(3),
                        limit)))
                .map(rows -> Rows.list(rows, CustomerRepository::movement));
    }

    /** The movement of a payment; null when there is none. */
    Uni<Movement> payment(SqlConnection connection, String ksbId, UUID id) {
        return connection
                .preparedQuery("select * from customer_movements where ksb_id = $1 and id = $2 and kind = 'PAYMENT'")
                .execute(Tuple.of(ksbId, id))
                .map(rows -> Rows.first(rows, CustomerRepository::movement));
    }

    private static Movement movement(Row row) {
        return new Movement(
                row.getString("ksb_id"),
                row.getUUID("id"),
                row.getUUID("customer_id"),
                Movement.Kind.valueOf(row.getString("kind")),
                row.getString("currency"),
                row.getBigDecimal("amount"),
                row.getString("payment_kind"),
                row.getString("login"),
                Rows.instant(row, "at"));
    }

    private List<CustomerView> views(RowSet<Row> rows) {
        return Rows.list(rows, this::view);
    }

    private CustomerView view(Row row) {
        return new CustomerView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("phone"),
                Json.read(json, row.getString("balances"), BALANCES),
                row.getBoolean("archived"),
                row.getLong("version"));
    }

    private String text(List<Movement> movements) {
        return Json.write(json, movements.stream().map(MovementRow::of).toList());
    }

    private static CustomerView first(List<CustomerView> found) {
        return found.isEmpty() ? null : found.getFirst();
    }
}
