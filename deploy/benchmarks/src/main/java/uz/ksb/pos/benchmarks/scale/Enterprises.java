package uz.ksb.pos.benchmarks.scale;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.SampleShop;

/**
 * Many enterprises, each with a copy of the sample shop's products that are sold, in sales-service. They are known to no other
 * service: a till of theirs sells and listens, which is nearly all that tills do.
 */
final class Enterprises {
    private static final String DATABASE = "sales";
    private static final int FIRST = 30_000_000;

    private final Postgres postgres;
    private final String products;
    private int count;

    /** @param products ids of those that are sold */
    Enterprises(Postgres postgres, List<String> products) {
        this.postgres = postgres;
        this.products = products.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }

    static String ksbId(int enterprise) {
        return Integer.toString(FIRST + enterprise);
    }

    void growTo(int wanted) {
        String columns = postgres.columns(DATABASE, "catalogue_products");
        String values = Stream.of(columns.split(", ", -1))
                .map(column -> column.equals("ksb_id") ? "(%d + n)::text".formatted(FIRST) : "p." + column)
                .collect(Collectors.joining(", "));
        postgres.execute(
                DATABASE,
                "insert into catalogue_products (%s) select %s from generate_series(%d, %d) n, catalogue_products p where p.ksb_id = '%s' and p.id in (%s)"
                        .formatted(columns, values, count, wanted - 1, SampleShop.KSB_ID, products));
        postgres.execute(DATABASE, "vacuum analyze catalogue_products");
        count = wanted;
    }

    long sales() {
        return Long.parseLong(postgres.value(DATABASE, "select count(*) from sales where ksb_id >= ?", ksbId(0)));
    }

    /** Of the table of sales with its indexes. */
    long salesBytes() {
        return Long.parseLong(postgres.value(DATABASE, "select pg_total_relation_size('sales')"));
    }

    /** Of the whole database, the events that wait and the totals too. */
    long databaseBytes() {
        return Long.parseLong(postgres.value(DATABASE, "select pg_database_size(current_database())"));
    }
}
