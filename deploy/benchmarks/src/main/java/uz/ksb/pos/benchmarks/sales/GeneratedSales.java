package uz.ksb.pos.benchmarks.sales;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.SampleShop;

/**
 * Sets of finished sales with their totals, made by SQL of one that the service has made: 1,000 days, 12 hours a day. One
 * set at a time is what the service sees; the others, and its own, stand aside under other names.
 */
final class GeneratedSales implements AutoCloseable {
    private static final String DATABASE = "sales";
    private static final String OWN = "own";
    private static final int DAYS = 1_000;
    private static final int HOURS = 12;
    private static final List<String> TABLES = List.of("sales", "day_totals", "total_changes", "enterprise_totals");

    private final Postgres postgres;
    private final List<String> sets;
    private String shown = OWN;

    /**
     * @param counts sales of each set, by its name
     * @param model id of the finished sale
     */
    GeneratedSales(Postgres postgres, Map<String, Integer> counts, String model) {
        this.postgres = postgres;
        this.sets = List.copyOf(counts.keySet());
        sets.forEach(this::drop);
        counts.forEach((set, count) -> create(set, count, model));
    }

    /** Has the service see this set. */
    void show(String set) {
        if (!set.equals(shown)) {
            execute(TABLES.stream()
                    .map(table -> "alter table " + table + " rename to " + aside(shown, table) + "; alter table "
                            + aside(set, table) + " rename to " + table + ";")
                    .collect(Collectors.joining()));
            shown = set;
        }
    }

    /** How many sales of the set are of the model's day. */
    static int ofTheDay(int count) {
        return count / DAYS;
    }

    @Override
    public void close() {
        show(OWN);
        sets.forEach(this::drop);
    }

    private void create(String set, int count, String model) {
        for (String table : TABLES) {
            execute("create table %1$s (like %2$s including all); alter table %1$s owner to %3$s"
                    .formatted(aside(set, table), table, DATABASE));
        }
        String sales = aside(set, "sales");
        execute("insert into %s (%s) select %s from generate_series(0, %d) n, (select * from sales where id = '%s') m"
                .formatted(
                        sales,
                        postgres.columns(DATABASE, "sales"),
                        values("sales", this::generated),
                        count - 1,
                        model));
        execute("insert into %s (%s) select %s from %s m group by ksb_id, business_date, business_hour, currency"
                .formatted(
                        aside(set, "day_totals"),
                        postgres.columns(DATABASE, "day_totals"),
                        values("day_totals", GeneratedSales::summed),
                        sales));
        execute("insert into %s (ksb_id, version) values ('%s', %d)"
                .formatted(aside(set, "enterprise_totals"), SampleShop.KSB_ID, count));
        TABLES.forEach(table -> execute("vacuum analyze " + aside(set, table)));
    }

    private String values(String table, Function<String, String> value) {
        return Arrays.stream(postgres.columns(DATABASE, table).split(", "))
                .map(value)
                .collect(Collectors.joining(", "));
    }

    private String generated(String column) {
        return switch (column) {
            case "id" -> "gen_random_uuid()";
            case "device_sequence" -> "n + 1";
            case "business_date" -> "m.business_date - n % " + DAYS;
            case "business_hour" -> "8 + n / %d %% %d".formatted(DAYS, HOURS);
            case "completed_at", "claimed_at", "opened_at", "changed_at", "received_at" ->
                "m.%s - n %% %d * interval '1 day'".formatted(column, DAYS);
            case "lines" -> "jsonb_build_array(m.lines -> 0)";
            case "delivery_status" -> "'DELIVERED'";
            default -> "m." + column;
        };
    }

    /** The model is a sale that was paid in cash. */
    private static String summed(String column) {
        return switch (column) {
            case "ksb_id", "business_date", "currency" -> column;
            case "hour" -> "business_hour";
            case "count" -> "count(*)";
            case "gross", "cash", "main_gross", "main_cash" -> "sum(total)";
            default -> "0";
        };
    }

    private void drop(String set) {
        TABLES.forEach(table -> execute("drop table if exists " + aside(set, table)));
    }

    private void execute(String sql) {
        postgres.execute(DATABASE, sql);
    }

    private static String aside(String set, String table) {
        return "bench_" + set + "_" + table;
    }
}
