package uz.ksb.pos.benchmarks.sales.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.Pgbench;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.catalogue.SoldStock;
import uz.ksb.pos.sales.sale.store.SaleChecks;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** pgbench with a script that does in a scratch database what sales-service does in its own. */
public final class SameSql implements Contender {
    private static final long SEQUENCES_OF_A_ROUND = 1_000_000_000;
    private static final String ID = "md5(:number::text)::uuid";

    private final Pgbench pgbench;
    private final String script;
    private final int clients;
    private final int salesOfARun;
    private final Map<String, String> variables;
    private long rounds;

    /** @param salesOfARun how many sales the script saves */
    public SameSql(
            Postgres postgres, String database, String name, int clients, int salesOfARun, Map<String, String> model) {
        this.pgbench = new Pgbench(postgres, database);
        this.script = script(name, table -> postgres.columns(database, table));
        this.clients = clients;
        this.salesOfARun = salesOfARun;
        this.variables = model;
    }

    @Override
    public String name() {
        return "pgbench";
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        Map<String, String> own = new HashMap<>(variables);
        own.put("n", Long.toString(++rounds * SEQUENCES_OF_A_ROUND));
        return Round.of(salesOfARun * pgbench.perSecond(script, clients, time, own));
    }

    /**
     * The statements are those of sales-service, as far as they are the same for one sale. The compiler copies their text:
     * nothing of the service is here at run time.
     *
     * @param columns the columns of a table
     */
    static String script(String name, UnaryOperator<String> columns) {
        return read(name)
                .replace("{sales}", columns.apply("sales"))
                .replace("{total_changes}", columns.apply("total_changes"))
                .replace("{set}", each(SaleRepository.WRITTEN, column -> column + " = excluded." + column))
                .replace("{stored}", each(SaleRepository.CONTENT, column -> "sales." + column))
                .replace("{written}", each(SaleRepository.CONTENT, column -> "excluded." + column))
                .replace(
                        "{catalogue}",
                        filled(
                                CatalogueRepository.FIND.formatted(
                                        CatalogueRepository.SALES,
                                        CatalogueRepository.CHANGED,
                                        CatalogueRepository.SOLD),
                                ":ksb_id",
                                ":products",
                                "'{}'"))
                .replace(
                        "{checks}",
                        filled(
                                SaleChecks.FIND,
                                ":ksb_id",
                                "array[:device_id::text]",
                                "array[:n::bigint + :client_id * 10000000]",
                                "array[" + ID + "]",
                                "now()"))
                .replace(
                        "{sold_stock}",
                        filled(
                                SoldStock.ADD.replace("select $1, array_agg", "select 'another', array_agg"),
                                ":ksb_id",
                                ":products",
                                "array_fill(" + ID + ", array[5])",
                                "array_fill(:warehouse::text, array[5])",
                                ":quantities"));
    }

    private static String filled(String statement, String... parameters) {
        String filled = statement;
        for (int number = 1; number <= parameters.length; number++) {
            filled = filled.replace("$" + number, parameters[number - 1]);
        }
        return filled;
    }

    private static String each(String columns, UnaryOperator<String> expression) {
        return Arrays.stream(columns.split(", ", -1)).map(expression).collect(Collectors.joining(", "));
    }

    static String read(String name) {
        try (InputStream script = Objects.requireNonNull(SameSql.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
