package uz.ksb.pos.local.simulator;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.simulator.BackOfficeSimulator;
import uz.ksb.pos.simulator.Settings;

/** Runs the simulator of the back office and the CRM alone. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Plays the back office (KSB-MERP) and the CRM until Ctrl-C, with a page that shows what it has.")
public final class SimulatorCommand implements Callable<Integer> {
    private static final String CRM_SECRET = "whsec_c2ltdWxhdG9yLW9mLXRoZS1jcm0tMDAwMA==";
    private static final int PASSWORD_BYTES = 6;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8086",
            description = "0: any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--products", paramLabel = "N", description = "Of the sample shop 10000001: 300 to 100000.")
    private Optional<Integer> products = Optional.empty();

    @Option(names = "--customers", paramLabel = "N", description = "Of the sample shop 10000001: 60 to 20000.")
    private Optional<Integer> customers = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of CSV files for the shop 10000002.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Remembers what happened there; without it, until it ends.")
    private Optional<Path> state = Optional.empty();

    @Option(names = "--any-enterprise", description = "Every other KSB-ID has an empty shop.")
    private boolean anyEnterprise;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "pos",
            description = "Of HTTP Basic (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            description = "Of HTTP Basic; without it, one is made and shown.")
    private Optional<String> password = Optional.empty();

    @Option(
            names = "--crm-secret",
            paramLabel = "whsec_…",
            defaultValue = CRM_SECRET,
            description = "Signs requests to the CRM.")
    private String crmSecret;

    @Option(
            names = "--push-url",
            paramLabel = "URL",
            description = "Where changed products and rates can be pushed to.")
    private Optional<String> pushUrl = Optional.empty();

    @Option(
            names = "--push-client",
            paramLabel = "ID",
            description =
                    "The client of that push; {ksbId} in it stands for the enterprise (default: {ksbId}-backoffice).")
    private Optional<String> pushClient = Optional.empty();

    @Option(names = "--push-secret", paramLabel = "TEXT", description = "The secret of that client.")
    private Optional<String> pushSecret = Optional.empty();

    @Override
    public Integer call() throws Exception {
        String shown = password.orElseGet(SimulatorCommand::madePassword);
        BackOfficeSimulator simulator = new BackOfficeSimulator(settings(shown));
        String address = "http://" + host + ":" + simulator.port();
        System.out.printf("""
                The back office simulator listens.
                  page             %1$s/
                  back office      %1$s/hs/ksbmerp_pos/{method}/ksb?text=pos&ksb_id=10000001&device_id=ID
                                   HTTP Basic: %2$s / %3$s
                  CRM              %1$s/crm/sync-completed (%4$s), %1$s/ksb-info/{ksbId}
                Ctrl-C stops it.
                """, address, user, shown, crmSecret);
        new CountDownLatch(1).await();
        return 0;
    }

    private Settings settings(String shown) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SIMULATOR_PORT", Integer.toString(port),
                "SIMULATOR_HOST", host,
                "SIMULATOR_USER", user,
                "SIMULATOR_PASSWORD", shown,
                "SIMULATOR_CRM_SECRET", crmSecret,
                "SIMULATOR_ANY_ENTERPRISE", Boolean.toString(anyEnterprise)));
        put(environment, "SIMULATOR_PRODUCTS", products);
        put(environment, "SIMULATOR_CUSTOMERS", customers);
        put(environment, "SIMULATOR_DATA", data);
        put(environment, "SIMULATOR_STATE", state);
        put(environment, "SIMULATOR_PUSH_URL", pushUrl);
        put(environment, "SIMULATOR_PUSH_CLIENT", pushClient);
        put(environment, "SIMULATOR_PUSH_SECRET", pushSecret);
        try {
            return Settings.of(environment);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(e.getMessage());
        }
    }

    private static void put(Map<String, String> environment, String name, Optional<?> value) {
        value.ifPresent(given -> environment.put(name, given.toString()));
    }

    private static String madePassword() {
        byte[] drawn = new byte[PASSWORD_BYTES];
        ThreadLocalRandom.current().nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
