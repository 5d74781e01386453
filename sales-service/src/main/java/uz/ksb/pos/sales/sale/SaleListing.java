package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uz.ksb.pos.sales.paging.Page;

/** What is asked about many sales: the list with its filters, the trash, gaps in a till's numbers. */
@ApplicationScoped
class SaleListing {
    private static final int MOST_MISSING = 1_000;

    private static final String MISSING = """
            with held as (
              select device_sequence from sales
              where ksb_id = $1 and (device_id = $2 or device_code = $2) and device_sequence is not null
              union
              select device_sequence from sale_conflicts
              where ksb_id = $1 and (device_id = $2 or device_code = $2) and device_sequence is not null
            )
            select number from generate_series(1, (select max(device_sequence) from held)) as number
            where not exists (select from held where device_sequence = number) order by 1 limit $3""";

    private final SaleRepository sales;
    private final Pool pool;

    SaleListing(SaleRepository sales, Pool pool) {
        this.sales = sales;
        this.pool = pool;
    }

    /**
     * All may be null: not asked for.
     *
     * @param from first business date, {@code to} the last
     * @param search a number, or a part of a comment or product name
     */
    record Filter(
            SaleStatus status,
            Delivery.Status delivery,
            LocalDate from,
            LocalDate to,
            String search,
            UUID customer,
            String device,
            String cashier) {}

    /** Which of a till's numbers, from 1 to its highest, no sale and no conflict has. */
    record Missing(String device, List<Long> missing) {}

    /** Newest first. */
    Uni<Page<SaleView>> list(String ksbId, Filter filter, String after, int limit) {
        List<String> conditions = new ArrayList<>(List.of("ksb_id = $1"));
        List<Object> values = new ArrayList<>(List.of(ksbId));
        if (filter.status() == null) {
            conditions.add("status <> 'TRASHED'");
        } else {
            add(conditions, values, "status = ?", filter.status().name());
        }
        if (filter.delivery() != null) {
            add(conditions, values, "delivery_status = ?", filter.delivery().name());
        }
        if (filter.from() != null) {
            add(conditions, values, "business_date >= ?", filter.from());
        }
        if (filter.to() != null) {
            add(conditions, values, "business_date <= ?", filter.to());
        }
        if (filter.customer() != null) {
            add(conditions, values, "customer_id = ?", filter.customer());
        }
        if (filter.device() != null) {
            add(conditions, values, "? in (device_id, device_code)", filter.device());
        }
        if (filter.cashier() != null) {
            add(conditions, values, "cashier = ?", filter.cashier());
        }
        if (filter.search() != null && !filter.search().isBlank()) {
            String pattern = "%"
                    + filter.search()
                            .strip()
                            .replace("\\", "\\\\")
                            .replace("%", "\\%")
                            .replace("_", "\\_") + "%";
            add(
                    conditions,
                    values,
                    "concat_ws(' ', device_code || '-' || lpad(device_sequence::text, 6, '0'), comment,"
                            + " jsonb_path_query_array(lines, '$[*].name')::text) ilike ?",
                    pattern);
        }
        List<String> key = Page.key(after, 2);
        if (key != null) {
            values.add(OffsetDateTime.parse(key.get(0)));
            values.add(UUID.fromString(key.get(1)));
            conditions.add("(happened_at, id) < ($" + (values.size() - 1) + ", $" + values.size() + ")");
        }
        values.add(limit + 1);
        return sales.query(
                        String.join(" and ", conditions) + " order by happened_at desc, id desc limit $"
                                + values.size(),
                        Tuple.from(values))
                .map(found -> Page.of(found, limit, SaleListing::key).map(Sale::view));
    }

    Uni<Missing> missing(String ksbId, String device) {
        SaleContent.require(device != null && !device.isBlank(), "device", "is missing");
        return pool.preparedQuery(MISSING)
                .execute(Tuple.of(ksbId, device, MOST_MISSING))
                .map(rows -> new Missing(device, numbers(rows)));
    }

    private static void add(List<String> conditions, List<Object> values, String condition, Object value) {
        values.add(value);
        conditions.add(condition.replace("?", "$" + values.size()));
    }

    private static List<String> key(Sale sale) {
        Instant happened = sale instanceof CompletedSale done
                ? done.completion().completedAt()
                : sale.origin().openedAt();
        return List.of(happened.toString(), sale.id().toString());
    }

    private static List<Long> numbers(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getLong("number"))
                .toList();
    }
}
