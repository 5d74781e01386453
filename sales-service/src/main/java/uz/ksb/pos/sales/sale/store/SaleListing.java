package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.text.LoginName;
import uz.ksb.pos.platform.text.SearchText;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.sale.domain.Delivery;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleStatus;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.content.Fields;

/** Queries over many sales: the list with its filters, the trash, gaps in a till's numbers. */
@ApplicationScoped
public class SaleListing {
    /** The most bytes of items on one page; a larger sale stands alone on its page. */
    private static final int MAX_PAGE_BYTES = 2_000_000;

    /** The bytes of an item besides its lines, payments and comment. */
    private static final int OTHER_BYTES = 2_000;

    private static final int MAX_MISSING = 1_000;
    private static final int MAX_SEARCH_LENGTH = 300;
    private static final int MAX_CUSTOMERS = 1_000;

    private static final String BYTES = "octet_length(lines::text) + octet_length(payments::text)"
            + " + coalesce(2 * octet_length(comment), 0) + " + OTHER_BYTES;

    /**
     * Finished sales by their index; the others, which are few, by their state; and those of customers with such a
     * name.
     */
    private static final String CONTAINS = "(search like ? or status <> 'COMPLETED' and draft_search like ?"
            + " or customer_id = any(array(select id from customers where ksb_id = $1 and search like ? limit "
            + MAX_CUSTOMERS + ")))";

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

    private final Readings readings;
    private final ObjectMapper json;

    SaleListing(Readings readings, ObjectMapper json) {
        this.readings = readings;
        this.json = json;
    }

    /**
     * All may be null: not asked for.
     *
     * @param from first business date, {@code to} the last
     * @param search a number, or parts of the number, the customer, the names sold and the comment
     * @param returnOf the returns of this sale
     */
    public record Filter(
            SaleStatus status,
            Delivery.Status delivery,
            LocalDate from,
            LocalDate to,
            String search,
            UUID customer,
            String device,
            String cashier,
            UUID returnOf) {
        public Filter {
            search = StorableText.optional(search, MAX_SEARCH_LENGTH, "search");
            device = till(device);
            cashier = Fields.shortText(cashier, "cashier");
        }

        boolean isOfFinishedSales() {
            return delivery != null || from != null || to != null;
        }
    }

    /** The numbers of a till, from 1 to its highest, that no sale and no conflict has. */
    public record Missing(String device, List<Long> missing) {}

    /**
     * @param time by which the list is sorted: one that never changes
     * @param values those that the conditions name, of which the last is how many sales there may be
     */
    public record Question(String conditions, String time, List<Object> values) {
        /** One sale more than fits on the page tells that there are more. */
        public String sql() {
            return """
                    select %1$s, %2$s as sorted_by, place = 1 or so_far <= %3$d as fits
                    from (select *, row_number() over newest as place, %6$s as bytes, sum(%6$s) over newest as so_far
                          from sales where %4$s window newest as (order by %2$s desc, id desc rows unbounded preceding)
                          order by %2$s desc, id desc limit $%5$d) page
                    where so_far - bytes <= %3$d
                    order by %2$s desc, id desc""".formatted(SaleRow.SELECTED, time, MAX_PAGE_BYTES, conditions, values.size(), BYTES);
        }
    }

    private record Listed(Sale sale, OffsetDateTime time, boolean fits) {
        List<String> key() {
            return List.of(time.toString(), sale.id().toString());
        }
    }

    /** The one that the server had last comes first. Of certain days and states: the one that was completed last. */
    public Uni<Page<SaleView>> list(String ksbId, Filter filter, String after, int limit) {
        Question question = question(ksbId, filter, Page.key(after, 2), limit + 1);
        return readings.within(ksbId, Readings.SEARCH, connection -> connection
                        .preparedQuery(question.sql())
                        .execute(Tuple.from(question.values())))
                .map(rows -> page(rows, limit));
    }

    private Page<SaleView> page(RowSet<Row> rows, int limit) {
        List<Listed> fitting = Rows.stream(rows)
                .map(row ->
                        new Listed(SaleRow.sale(row, json), row.getOffsetDateTime("sorted_by"), row.getBoolean("fits")))
                .filter(Listed::fits)
                .toList();
        return Page.of(fitting, limit, fitting.size() < rows.size(), Listed::key)
                .map(listed -> listed.sale().view());
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
            add(conditions, values, "completed_at >= ?", midnight(filter.from().minusDays(1)));
        }
        if (filter.to() != null) {
            add(conditions, values, "business_date <= ?", filter.to());
            add(conditions, values, "completed_at < ?", midnight(filter.to().plusDays(3)));
        }
        if (filter.customer() != null) {
            add(conditions, values, "customer_id = ?", filter.customer());
        }
        if (filter.device() != null) {
            add(conditions, values, deviceColumn(filter.device()) + " = ?", filter.device());
        }
        if (filter.cashier() != null) {
            add(conditions, values, "cashier_key = ?", LoginName.comparable(filter.cashier()));
        }
        if (filter.returnOf() != null) {
            add(conditions, values, "return_of = ?", filter.returnOf());
        }
        if (filter.search() != null) {
            search(conditions, values, filter.search());
        }
        String time = filter.isOfFinishedSales() ? "completed_at" : "received_at";
        if (key != null) {
            values.add(Page.time(key.get(0)));
            values.add(Page.id(key.get(1)));
            conditions.add("(" + time + ", id) < ($" + (values.size() - 1) + ", $" + values.size() + ")");
        }
        values.add(limit);
        return new Question(String.join(" and ", conditions), time, values);
    }

    public Uni<Missing> missing(String ksbId, String device) {
        Fields.require(device != null && !device.isBlank(), "device", "is missing");
        String till = till(device);
        return readings.within(ksbId, Readings.SEARCH, connection -> connection
                        .preparedQuery(MISSING.formatted(deviceColumn(till)))
                        .execute(Tuple.of(ksbId, till, MAX_MISSING)))
                .map(rows -> new Missing(device, numbers(rows)));
    }

    /** Ids are compared as values, in whatever case they are written. */
    private static String till(String device) {
        String till = Fields.shortText(device, "device");
        return till == null ? null : till.toLowerCase(Locale.ROOT);
    }

    /** A till is named by its id or, shorter, by its code. */
    public static String deviceColumn(String device) {
        return device.length() < 10 ? "device_code" : "device_id";
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
        SearchText.words(text)
                .forEach(word -> add(conditions, values, CONTAINS, "%" + SearchText.escapedForLike(word) + "%"));
    }

    private static void add(List<String> conditions, List<Object> values, String condition, Object value) {
        values.add(value);
        conditions.add(condition.replace("?", "$" + values.size()));
    }

    private static List<Long> numbers(RowSet<Row> rows) {
        return Rows.list(rows, row -> row.getLong("number"));
    }
}
