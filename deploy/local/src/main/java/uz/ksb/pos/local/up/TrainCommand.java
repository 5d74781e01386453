package uz.ksb.pos.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.ksb.pos.local.SampleShop;
import uz.ksb.pos.local.training.TrainingDay;

/**
 * Runs the built services for a short working day and lets each JVM write what it has learned beside its service: classes,
 * and profiles of methods (JEP 514 and 515). With it a service starts in less than half of the time.
 */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Runs the services for a minute, on data of their own, and keeps what their JVMs have learned:"
                + " the next ./pos up starts faster. Does nothing before JDK 25.")
public final class TrainCommand implements Callable<Integer> {
    private static final String KSB_ID = "10000001";
    /** After so many the methods that matter have been compiled, and their profiles are kept. */
    private static final int SALES = 900;

    private static final Duration WORKING = Duration.ofMinutes(2);
    /** A JVM writes its cache when it ends: on a slow machine with five at a time that takes long. */
    private static final Duration WRITING = Duration.ofMinutes(5);

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "18080",
            description = "Ports of the training run (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Override
    public Integer call() throws InterruptedException {
        if (!Java.hasCaches()) {
            say("This JDK keeps no profiles (25 or newer does): nothing to train.");
            return 0;
        }
        Path root = Path.of(System.getProperty("pos.root", "")).toAbsolutePath();
        Workspace workspace = new Workspace(
                Path.of(System.getProperty("pos.state", root.resolve(".pos").toString()), "training"));
        workspace.lock();
        Stack.endLeftovers(workspace, TrainCommand::say);
        workspace.clean();
        Ports ports = new Ports(portBase);
        String password = workspace.secrets().samplePassword(null);
        Environment environment = new Environment(ports, workspace, password, Duration.ZERO, Optional.empty(), 1);
        Stack stack = new Stack(root, environment, Service.ALL, Java.Caches.MADE, TrainCommand::say);
        Thread atExit = new Thread(stack::stop, "stop");
        Runtime.getRuntime().addShutdownHook(atExit);
        say("Training: a working day of a minute, once for each build");
        stack.start();
        String origin = "http://127.0.0.1:" + ports.base();
        new SampleShop().loadThrough(origin, KSB_ID, password).ifPresent(problem -> say("No sample shop: " + problem));
        int sales = new TrainingDay(origin, password, ports.base()).work(SALES, WORKING);
        stack.stop(WRITING);
        workspace.clean();
        return report(root, sales);
    }

    private static int report(Path root, int sales) {
        boolean complete = true;
        long bytes = 0;
        for (Service service : Service.ALL) {
            Optional<Path> cache = service.cache(root);
            if (cache.isEmpty()) {
                continue;
            }
            try {
                bytes += Files.size(cache.get());
            } catch (IOException e) {
                say("No cache of " + service.name() + " was written: it starts without");
                complete = false;
            }
        }
        say("Trained by %d sales; %d MB of caches".formatted(sales, bytes / 1_000_000));
        return complete ? 0 : 1;
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
