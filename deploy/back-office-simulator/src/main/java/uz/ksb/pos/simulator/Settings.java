package uz.ksb.pos.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uz.ksb.pos.simulator.push.PushSettings;
import uz.ksb.pos.simulator.shop.Grocery;

/**
 * The environment the simulator is started with.
 *
 * @param host {@code SIMULATOR_HOST}: the address to listen on
 * @param port {@code SIMULATOR_PORT}; 0: any
 * @param user {@code SIMULATOR_USER} of HTTP Basic
 * @param password {@code SIMULATOR_PASSWORD} of HTTP Basic, and at first of each of the back office's users
 * @param products {@code SIMULATOR_PRODUCTS} of the sample shop
 * @param customers {@code SIMULATOR_CUSTOMERS} of the sample shop
 * @param data {@code SIMULATOR_DATA}: the folder of CSV files for 10000002
 * @param anyEnterprise {@code SIMULATOR_ANY_ENTERPRISE}: every other KSB-ID has an empty shop
 * @param crmSecret {@code SIMULATOR_CRM_SECRET}: {@code whsec_} and base64
 * @param crmTolerance {@code SIMULATOR_CRM_TOLERANCE}: how far a webhook's timestamp may be from now
 * @param state {@code SIMULATOR_STATE}: the folder of the journal; absent: one that the next start does not find
 * @param push {@code SIMULATOR_PUSH_URL}, {@code SIMULATOR_PUSH_SECRET} and {@code SIMULATOR_PUSH_CLIENT}: where changed rows
 *     are pushed to on order, and as which client
 * @param clockOffset {@code POS_CLOCK_OFFSET}: moves the clock like that of the whole stack
 * @param parentPid {@code POS_PARENT_PID}: ends when that process has ended
 */
public record Settings(
        String host,
        int port,
        String user,
        String password,
        int products,
        int customers,
        Optional<Path> data,
        boolean anyEnterprise,
        String crmSecret,
        Duration crmTolerance,
        Optional<Path> state,
        Optional<PushSettings> push,
        Duration clockOffset,
        Optional<Long> parentPid) {

    /** @throws IllegalArgumentException with a message for people, if something is missing or wrong */
    public static Settings of(Map<String, String> environment) {
        return new Settings(
                optional(environment, "SIMULATOR_HOST", Function.identity()).orElse("127.0.0.1"),
                required(environment, "SIMULATOR_PORT", Integer::valueOf),
                required(environment, "SIMULATOR_USER", Function.identity()),
                required(environment, "SIMULATOR_PASSWORD", Function.identity()),
                optional(environment, "SIMULATOR_PRODUCTS", Integer::valueOf).orElse(Grocery.MIN_PRODUCTS),
                optional(environment, "SIMULATOR_CUSTOMERS", Integer::valueOf).orElse(Grocery.DEFAULT_CUSTOMERS),
                optional(environment, "SIMULATOR_DATA", Path::of),
                optional(environment, "SIMULATOR_ANY_ENTERPRISE", Boolean::valueOf)
                        .orElse(false),
                required(environment, "SIMULATOR_CRM_SECRET", Function.identity()),
                optional(environment, "SIMULATOR_CRM_TOLERANCE", Duration::parse)
                        .orElse(Duration.ofMinutes(5)),
                optional(environment, "SIMULATOR_STATE", Path::of),
                optional(environment, "SIMULATOR_PUSH_URL", URI::create)
                        .map(origin -> new PushSettings(
                                origin,
                                optional(environment, "SIMULATOR_PUSH_CLIENT", Function.identity())
                                        .orElse(PushSettings.DEFAULT_CLIENT),
                                required(environment, "SIMULATOR_PUSH_SECRET", Function.identity()))),
                optional(environment, "POS_CLOCK_OFFSET", Duration::parse).orElse(Duration.ZERO),
                optional(environment, "POS_PARENT_PID", Long::valueOf));
    }

    private static <T> T required(Map<String, String> environment, String name, Function<String, T> parse) {
        return optional(environment, name, parse).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static <T> Optional<T> optional(Map<String, String> environment, String name, Function<String, T> parse) {
        try {
            return Optional.ofNullable(environment.get(name))
                    .filter(value -> !value.isBlank())
                    .map(parse);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
