package uz.ksb.pos.local.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.ksb.pos.local.SampleShop;
import uz.ksb.pos.local.failure.CommandFailed;

/** Starts everything and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts PostgreSQL, Kafka, the services and one origin, and keeps them running until Ctrl-C.")
public final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the origin; the parts take the ports after it (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(names = "--clean", description = "Removes the data, passwords and logs of earlier runs first.")
    private boolean clean;

    @Option(
            names = "--clock",
            paramLabel = "+49h",
            defaultValue = "PT0S",
            converter = ClockOffset.class,
            description = "Moves the time of the whole system: +49h, -30m, 2d.")
    private Duration clock;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Lets the back office's simulator serve this folder of CSV files for 10000002.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of each service, 1 or 2, behind the one origin (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--without",
            paramLabel = "SERVICE",
            description = "Leaves a service out, such as sales-service: started elsewhere, for example by ./pos dev,"
                    + " it takes its place on the same port. Its settings are in .pos/run/SERVICE.env. Repeatable.")
    private Set<String> without = Set.of();

    @Override
    public Integer call() throws InterruptedException {
        long begin = System.nanoTime();
        if (replicas < 1 || replicas > 2) {
            throw new CommandFailed("--replicas must be 1 or 2");
        }
        Ports ports = new Ports(portBase);
        Path root = Path.of(System.getProperty("pos.root", "")).toAbsolutePath();
        Workspace workspace = new Workspace(
                Path.of(System.getProperty("pos.state", root.resolve(".pos").toString())));
        workspace.lock();
        String password = prepare(workspace);
        Environment environment = new Environment(ports, workspace, password, clock, shopFolder(), replicas);
        Stack stack = new Stack(root, environment, Service.allWithout(without), Java.Caches.USED, UpCommand::say);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        say("Starting KSB POS on ports " + ports.base() + " to " + (ports.base() + (replicas > 1 ? 15 : 9))
                + ", data in .pos/");
        stack.start();
        new SampleShop()
                .loadThrough("http://127.0.0.1:" + ports.base(), "10000001", password)
                .ifPresent(problem -> say("The sample shop could not be loaded: " + problem));
        announce(ports, password, Duration.ofNanos(System.nanoTime() - begin));
        new CountDownLatch(1).await();
        return 0;
    }

    private Optional<Path> shopFolder() {
        data.filter(folder -> !Files.isReadable(folder.resolve("products.csv"))).ifPresent(folder -> {
            throw new CommandFailed("--data: there is no products.csv in " + folder);
        });
        return data;
    }

    /** Checks that nobody else works with these data before anything is removed or made. */
    private String prepare(Workspace workspace) {
        if (clean) {
            Stack.endLeftovers(workspace, UpCommand::say);
            workspace.clean();
        }
        return workspace.secrets().samplePassword(System.getenv("POS_SAMPLE_PASSWORD"));
    }

    private static void stop(Stack stack) {
        long begin = System.nanoTime();
        say("Stopping ...");
        stack.stop();
        say("Stopped in %.1f s. The data stay in .pos/".formatted((System.nanoTime() - begin) / 1e9));
    }

    private static void announce(Ports ports, String password, Duration time) {
        say("""

                KSB POS is ready (%.1f s): http://localhost:%d

                  KSB-ID            10000001 (sample shop, UZS) or 10000002 (GBP, empty catalogue)
                  Logins            admin, menejer, kassir
                  Technical client  10000001-backoffice, 10000002-backoffice
                  Password          %s (of all of them; kept in .pos/sample-password)
                  Back office       http://127.0.0.1:%d/_sim/sales (simulated)
                  Logs              .pos/logs

                Ctrl-C stops everything; the data stay.""".formatted(time.toMillis() / 1000.0, ports.base(), password, ports.simulator()));
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
