package uz.ksb.pos.local.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.replay.progress.Progress;
import uz.ksb.pos.local.replay.server.Enterprise;
import uz.ksb.pos.local.replay.server.LostAnswers;
import uz.ksb.pos.local.replay.server.SaleResults;
import uz.ksb.pos.local.replay.server.Server;
import uz.ksb.pos.local.replay.shop.SalesFile;
import uz.ksb.pos.local.replay.shop.ShopFolder;
import uz.ksb.pos.till.Api;

/** Plays a folder of CSV files through the running system; exit code 1 on any difference. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Plays a folder of CSV files through the running system as its tills would,"
                + " then compares the totals of each day.")
public final class ReplayCommand implements Callable<Integer> {

    private static final Pattern KSB_ID = Pattern.compile("\\d{8}");
    private static final int MAX_TILLS = 200;

    @Parameters(
            paramLabel = "DIR",
            description = "Folder with products.csv, customers.csv, a sales file and its totals.")
    private Path folder;

    @Option(
            names = "--sales",
            paramLabel = "FILE",
            description = "Sales file in DIR (default: sales.csv.gz or sales.csv); totals-FILE.json is its totals.")
    private String sales;

    @Option(
            names = "--ksb-id",
            paramLabel = "ID",
            defaultValue = "10000002",
            description = "The enterprise (default: ${DEFAULT-VALUE}).")
    private String ksbId;

    @Option(
            names = "--tills",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many tills sell at the same time (default: ${DEFAULT-VALUE}).")
    private int tills;

    @Option(
            names = "--lose-answers",
            paramLabel = "P",
            defaultValue = "0",
            description = "Share of the answers that get lost, 0 to 0.9; the tills send again (default: none).")
    private double loseAnswers;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the running system (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Spec
    private CommandSpec spec;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws InterruptedException {
        requireSensibleOptions();
        ShopFolder shop = ShopFolder.read(folder, sales);
        LostAnswers lostAnswers = new LostAnswers(loseAnswers);
        try (Progress progress = Progress.on(out)) {
            Server server = new Server(new Api("http://localhost:" + portBase, password()), lostAnswers, progress);
            Replay replay = new Replay(shop, ksbId, server, new Enterprise(server, ksbId), progress);
            Comparison comparison = replay.run(tills);
            progress.close();
            int exit = report(shop.sales(), replay.results(), lostAnswers.count(), comparison);
            if (server.askedAgain() > 0) {
                out.println("The server was away at times: %d requests were sent again, at most %d times."
                        .formatted(server.askedAgain(), server.mostAgain()));
            }
            return exit;
        }
    }

    private int report(SalesFile file, SaleResults results, int lost, Comparison comparison) {
        out.println();
        out.print(comparison.table());
        out.println();
        out.println("Sent %d sales and %d returns: %d new, %d known already."
                .formatted(file.sales(), file.returns(), results.created(), results.replayed()));
        if (lost > 0) {
            out.println("%d answers were lost on purpose, and what they answered was sent again.".formatted(lost));
        }
        if (file.writeOffs() > 0) {
            out.println("%d lines write stock off and are no sale: skipped, and with them %d invoices."
                    .formatted(file.writeOffs(), file.writeOffInvoices()));
        }
        results.problems().forEach(out::println);
        boolean equal = comparison.equal() && results.refused() == 0;
        out.println(verdict(comparison, results.refused()));
        return equal ? 0 : 1;
    }

    private static String verdict(Comparison comparison, int refused) {
        if (refused > 0) {
            return "NOT GOOD: %d sales were not taken.".formatted(refused);
        }
        return comparison.equal() ? "All totals are equal." : "NOT GOOD: the totals differ.";
    }

    private void requireSensibleOptions() {
        if (!KSB_ID.matcher(ksbId).matches()) {
            throw new ParameterException(spec.commandLine(), "--ksb-id has exactly eight digits");
        }
        if (tills < 1 || tills > MAX_TILLS) {
            throw new ParameterException(spec.commandLine(), "--tills must be from 1 to " + MAX_TILLS);
        }
        if (!(loseAnswers >= 0 && loseAnswers <= 0.9)) {
            throw new ParameterException(spec.commandLine(), "--lose-answers must be from 0 to 0.9");
        }
        if (portBase < 1 || portBase > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port-base must be a port");
        }
    }

    private static String password() {
        String given = System.getenv("POS_SAMPLE_PASSWORD");
        if (given != null && !given.isBlank()) {
            return given;
        }
        Path file = Path.of(System.getProperty("pos.state", ".pos"), "sample-password");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailed(
                    "no password: set POS_SAMPLE_PASSWORD, or start ./pos up in this checkout, which keeps one in .pos/");
        }
    }
}
