package uz.ksb.pos.benchmarks.sales.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.Pgbench;
import uz.ksb.pos.benchmarks.stack.Postgres;

/** pgbench with a script that does in a scratch database what sales-service does in its own. */
public final class SameSql implements Contender {
    private static final long SEQUENCES_OF_A_ROUND = 1_000_000_000;

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
        this.script = script(name, postgres, database);
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

    private static String script(String name, Postgres postgres, String database) {
        return read(name)
                .replace("{sales}", postgres.columns(database, "sales"))
                .replace("{total_changes}", postgres.columns(database, "total_changes"))
                .replace("{set}", contents(column -> column + " = excluded." + column))
                .replace("{stored}", contents(column -> "sales." + column))
                .replace("{written}", contents(column -> "excluded." + column));
    }

    /** The part of an open sale that a writer may change. */
    private static String contents(UnaryOperator<String> column) {
        return Stream.of(
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
                        "lines")
                .map(column)
                .collect(Collectors.joining(", "));
    }

    static String read(String name) {
        try (InputStream script = Objects.requireNonNull(SameSql.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
