package uz.ksb.pos.local.totals;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.up.Ports;
import uz.ksb.pos.local.up.Secrets;

/** Compares the totals of a running system with its sales; exit code 1 on any difference. */
@Command(
        name = "totals",
        mixinStandardHelpOptions = true,
        description =
                "Compares the totals of every enterprise, date, hour and currency of the running system with a plain"
                        + " SQL sum over its sales. Sales may come in meanwhile.")
public final class TotalsCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 200;
    private static final String PASSWORD = "POS_DATABASE_PASSWORD";

    /** One of them. */
    private static final class Task {
        @Option(names = "--check", description = "Prints what differs; exit code 1 when anything does.")
        @SuppressWarnings("unused") // that it is not the other one says enough
        private boolean check;

        @Option(
                names = "--rebuild",
                description =
                        "Prints what differs and mends it; the tills are told. Exit code 1 when it is not mended.")
        private boolean rebuild;
    }

    @ArgGroup(multiplicity = "1")
    private Task task;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the running system (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--database",
            paramLabel = "HOST:PORT",
            description =
                    "Another server with the database of sales-service, such as a restored one; the password of its"
                            + " login comes in the environment variable " + PASSWORD + ".")
    private String database;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws SQLException {
        try (TotalsDatabase database = connected()) {
            List<TotalsDatabase.Difference> differences = database.differences();
            differences.stream().limit(MAX_SHOWN).forEach(out::println);
            if (differences.isEmpty()) {
                out.println("All totals are equal to the sums over the sales (%d enterprises)."
                        .formatted(database.enterprises()));
                return 0;
            }
            out.println("NOT GOOD: %d figures differ from the sums over the sales.".formatted(differences.size()));
            return task.rebuild ? rebuilt(database) : 1;
        }
    }

    private int rebuilt(TotalsDatabase database) throws SQLException {
        out.println("Rebuilt with %d changes.".formatted(database.rebuild()));
        int left = database.differences().size();
        out.println(left == 0 ? "All totals are equal now." : "NOT GOOD: %d figures still differ.".formatted(left));
        return left == 0 ? 0 : 1;
    }

    private TotalsDatabase connected() {
        return database == null ? ofTheStack() : ofServer(database);
    }

    private static TotalsDatabase ofServer(String server) {
        String password = System.getenv(PASSWORD);
        if (password == null) {
            throw new CommandFailed("--database needs the password of the login sales in " + PASSWORD);
        }
        try {
            return new TotalsDatabase(server, password);
        } catch (SQLException e) {
            throw new CommandFailed("the database at " + server + " cannot be asked: " + e.getMessage());
        }
    }

    private TotalsDatabase ofTheStack() {
        Path state = Path.of(System.getProperty("pos.state", ".pos"));
        int port = new Ports(portBase).postgres();
        try {
            return new TotalsDatabase("127.0.0.1:" + port, Secrets.in(state).databasePassword("sales"));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database on port %d cannot be asked (is ./pos up running in this checkout, with this"
                                    .formatted(port)
                            + " --port-base?): " + e.getMessage(),
                    e);
        }
    }
}
