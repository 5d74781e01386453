package uz.ksb.pos.sales.sale.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import uz.ksb.pos.sales.paging.Page;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Delivery;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleStatus;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/** What is asked about many sales: the list with its filters, the trash, gaps in a till's numbers. */
@ApplicationScoped
public class SaleListing {
    /** Of lines on one page: pages of large sales are shorter than asked for. */
    private static final int ENOUGH_BYTES = 8_000_000;

    private static final int MOST_MISSING = 1_000;
    private static final int LONGEST_SEARCH = 300;

    /** A gap is what lies between two numbers: a number far off costs no more than a near one. */
    public static final String MISSING = """
            with held as (
              select device_sequence from sales
              where ksb_id = $1 and %1$s = $2 and device_sequence > 0
              union
              select device_sequence from sale_conflicts
              where ksb_id = $1 and %1$s = $2 and device_sequence > 0
            ), gaps as (
              select lag(device_sequence, 1, 0::bigint) over (order by device_sequence) + 1 as first,
                     device_sequence - 1 as last
              from held
            ), first_gaps as (
              select first, last from gaps where first <= last order by first limit $3
            )
            select number from first_gaps,
              lateral generate_series(first, least(last, first + $3 - 1)) as number
            order by 1 limit $3""";

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

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
    public record Filter(
            SaleStatus status,
            Delivery.Status delivery,
            LocalDate from,
            LocalDate to,
            String search,
            UUID customer,
            String device,
            String cashier) {
        public Filter {
            from = Page.day(from, "from");
            to = Page.day(to, "to");
            search = SaleContent.text(search, LONGEST_SEARCH, "search");
            device = SaleContent.shortText(device, "device");
            cashier = SaleContent.shortText(cashier, "cashier");
        }
    }

    /** Which of a till's numbers, from 1 to its highest, no sale and no conflict has. */
    public record Missing(String device, List<Long> missing) {}

    /** Conditions and order, and the values they name, of which the last is how many there may be. */
    public record Question(String conditions, String order, List<Object> values) {
        /** As many sales as may be, but no more once their lines are {@value #ENOUGH_BYTES} bytes together. */
        String sql() {
            return """
                    select %1$s, so_far >= %2$d as enough
                    from (select *, sum(octet_length(lines::text)) over (order by %3$s rows unbounded preceding) as so_far
                          from sales where %4$s order by %3$s limit $%5$d) page
                    where so_far - octet_length(lines::text) < %2$d
                    order by %3$s""".formatted(SaleRow.SELECTED, ENOUGH_BYTES, order, conditions, values.size());
        }
    }

    /** Newest first. */
    public Uni<Page<SaleView>> list(String ksbId, Filter filter, String after, int limit) {
        Question question = question(ksbId, filter, Page.key(after, 2), limit + 1);
        return sales.query(question.sql(), Tuple.from(question.values()))
                .map(found -> Page.of(found.sales(), limit, found.enough(), SaleListing::key)
                        .map(Sale::view));
    }

    /** States are written out, so that the indexes of single states serve. */
    public static Question question(String ksbId, Filter filter, List<String> key, int limit) {
        List<String> conditions = new ArrayList<>(List.of("ksb_id = $1"));
        List<Object> values = new ArrayList<>(List.of(ksbId));
        conditions.add(filter.status() == null ? "status <> 'TRASHED'" : "status = '" + filter.status() + "'");
        if (filter.delivery() != null) {
            conditions.add("delivery_status = '" + filter.delivery() + "'");
        }
        // The business day is at most a day and a zone away from the time, by which there is an index.
        if (filter.from() != null) {
            add(conditions, values, "business_date >= ?", filter.from());
            add(conditions, values, "happened_at >= ?", midnight(filter.from().minusDays(1)));
        }
        if (filter.to() != null) {
            add(conditions, values, "business_date <= ?", filter.to());
            add(conditions, values, "happened_at < ?", midnight(filter.to().plusDays(3)));
        }
        if (filter.customer() != null) {
            add(conditions, values, "customer_id = ?", filter.customer());
        }
        if (filter.device() != null) {
            add(conditions, values, deviceColumn(filter.device()) + " = ?", filter.device());
        }
        if (filter.cashier() != null) {
            add(conditions, values, "cashier = ?", filter.cashier());
        }
        if (filter.search() != null && !filter.search().isBlank()) {
            search(conditions, values, filter.search().strip());
        }
        // With these states, both times are the same; theirs has the index.
        String time = waitsOrWasRefused(filter.delivery()) ? "completed_at" : "happened_at";
        if (key != null) {
            values.add(Page.time(key.get(0)));
            values.add(Page.id(key.get(1)));
            conditions.add("(" + time + ", id) < ($" + (values.size() - 1) + ", $" + values.size() + ")");
        }
        values.add(limit);
        return new Question(String.join(" and ", conditions), time + " desc, id desc", values);
    }

    public Uni<Missing> missing(String ksbId, String device) {
        SaleContent.require(device != null && !device.isBlank(), "device", "is missing");
        String till = SaleContent.shortText(device, "device");
        return pool.preparedQuery(MISSING.formatted(deviceColumn(till)))
                .execute(Tuple.of(ksbId, till, MOST_MISSING))
                .map(rows -> new Missing(device, numbers(rows)));
    }

    /** A till is named by its id or, shorter, by its code. */
    public static String deviceColumn(String device) {
        return device.length() < 10 ? "device_code" : "device_id";
    }

    private static boolean waitsOrWasRefused(Delivery.Status delivery) {
        return delivery != null && delivery != Delivery.Status.DELIVERED;
    }

    private static OffsetDateTime midnight(LocalDate date) {
        return date.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static void search(List<String> conditions, List<Object> values, String text) {
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            add(conditions, values, "device_code = ?", number.group(1));
            add(conditions, values, "device_sequence = ?", Long.valueOf(number.group(2)));
            return;
        }
        add(
                conditions,
                values,
                "concat_ws(' ', device_code || '-' || lpad(device_sequence::text, 6, '0'), comment,"
                        + " jsonb_path_query_array(lines, '$[*].name')::text) ilike ?",
                "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
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
