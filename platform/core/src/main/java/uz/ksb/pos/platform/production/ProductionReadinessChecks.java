package uz.ksb.pos.platform.production;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start with settings that are only for a developer's machine, unless {@code pos.environment} is
 * {@code local}.
 */
@ApplicationScoped
public class ProductionReadinessChecks {
    private static final String LOCAL = "local";
    private static final String PROXIES = "quarkus.http.proxy.trusted-proxies";
    private static final String ORIGINS = "quarkus.http.cors.origins";
    /** All names, or a network that is more than one house's: of less than eight bits. */
    private static final Pattern EVERYBODY = Pattern.compile("\\*|.*/[0-7]");

    private static final List<String> CHECKS_OF_TOKENS = List.of("mp.jwt.verify.issuer", "mp.jwt.verify.audiences");

    /** Where a login and money go. */
    private static final Pattern OUTWARDS = Pattern.compile("pos\\.(back\\.office|crm)\\.(.*\\.)?url");

    private static final String REQUIRED = "pos.production.required";
    private static final Pattern LOOPBACK = Pattern.compile("(?i)http://(localhost|127\\.0\\.0\\.1|\\[::1])(?=[:/]|$)");

    private final String environment;
    private final Config config;
    private final Instance<ProductionReadinessCheck> rules;

    ProductionReadinessChecks(
            @ConfigProperty(name = "pos.environment", defaultValue = "production") String environment,
            Config config,
            Instance<ProductionReadinessCheck> rules) {
        this.environment = environment;
        this.config = config;
        this.rules = rules;
    }

    void atStart(@Observes @Priority(1) StartupEvent starting) {
        check();
    }

    /**
     * For what happens before the start is announced, such as migrations, which would fail without saying which setting is wrong.
     *
     * @throws IllegalStateException that names everything unsafe
     */
    public void check() {
        check(environment, config, rules);
    }

    static void check(String environment, Config config, Iterable<ProductionReadinessCheck> rules) {
        if (environment.equals(LOCAL)) {
            return;
        }
        List<String> unsafe = new ArrayList<>(platformRules(config));
        rules.forEach(rule -> unsafe.addAll(rule.unsafe(config)));
        if (!unsafe.isEmpty()) {
            throw new IllegalStateException("Refusing to start in production: " + String.join("; ", unsafe));
        }
    }

    static List<String> platformRules(Config config) {
        List<String> unsafe = new ArrayList<>();
        if (!text(config, "pos.clock.offset").matches("|PT0S")) {
            unsafe.add("pos.clock.offset moves the clock");
        }
        if (Boolean.parseBoolean(text(config, "pos.sample.data"))) {
            unsafe.add("pos.sample.data creates sample enterprises with known logins");
        }
        if (reachedInTheClear(text(config, "mp.jwt.verify.publickey.location"))) {
            unsafe.add(
                    "mp.jwt.verify.publickey.location is not https: whoever is on the way could put keys of his own");
        }
        if (Boolean.parseBoolean(text(config, "smallrye.jwt.client.tls.trust-all"))) {
            unsafe.add("smallrye.jwt.client.tls.trust-all takes keys from anybody");
        }
        if (reachedInTheClear(text(config, "mp.jwt.verify.issuer"))) {
            unsafe.add("mp.jwt.verify.issuer is not https");
        }
        if (trustsEverybody(config)) {
            unsafe.add(PROXIES + " trusts everybody");
        }
        if (config.getOptionalValues(ORIGINS, String.class).orElse(List.of()).stream()
                .anyMatch(origin -> origin.strip().matches("\\*|/\\.\\*/"))) {
            unsafe.add(ORIGINS + " admits every page");
        }
        CHECKS_OF_TOKENS.stream()
                .filter(name -> isEmptied(config, name))
                .map(name -> name + " is empty: tokens that are meant for others would count")
                .forEach(unsafe::add);
        unsafe.addAll(openAddresses(config));
        unsafe.addAll(SecretRules.unsafe(config));
        unsafe.addAll(missing(config));
        unsafe.addAll(missingFiles(config));
        return unsafe;
    }

    /** Addresses of back offices and the CRM, those of single enterprises too, that are reached without TLS. */
    private static List<String> openAddresses(Config config) {
        return SecretRules.names(config)
                .filter(name -> OUTWARDS.matcher(SecretRules.canonical(name)).matches())
                .filter(name -> isOpen(text(config, name).strip()))
                .map(name -> name + " is not https: logins and money would travel in the clear")
                .sorted()
                .toList();
    }

    private static boolean isOpen(String address) {
        return !address.isEmpty()
                && !address.regionMatches(true, 0, "https://", 0, 8)
                && !LOOPBACK.matcher(address).lookingAt();
    }

    /** Of the service's list of {@code name} and {@code name when other}: those without a value. */
    private static List<String> missing(Config config) {
        List<String> missing = new ArrayList<>();
        for (String entry : config.getOptionalValues(REQUIRED, String.class).orElse(List.of())) {
            String[] words = entry.strip().split(" when ", 2);
            boolean wanted = words.length == 1 || !text(config, words[1]).isBlank();
            if (wanted && text(config, words[0]).isBlank()) {
                missing.add(words[0] + " is missing");
            }
        }
        if (text(config, "kafka.security.protocol").startsWith("SASL")
                && text(config, SecretRules.JAAS).isBlank()) {
            missing.add(SecretRules.JAAS + " is missing");
        }
        return missing;
    }

    /** Files that settings name, and that are not there: what needs them would fail without a word of the setting. */
    private static List<String> missingFiles(Config config) {
        List<String> names = new ArrayList<>(List.of("pos.keys.directory"));
        if (text(config, "kafka.security.protocol").endsWith("SSL")) {
            names.addAll(List.of("kafka.ssl.truststore.location", "kafka.ssl.keystore.location"));
        }
        return names.stream()
                .filter(name -> !text(config, name).isBlank()
                        && !Files.isReadable(Path.of(text(config, name).strip())))
                .map(name -> name + " names nothing that can be read")
                .toList();
    }

    /** An address of the caller that anybody may tell is worth nothing: limits of logins go by it. */
    private static boolean trustsEverybody(Config config) {
        List<String> trusted = config.getOptionalValues(PROXIES, String.class).orElse(List.of());
        return Boolean.parseBoolean(text(config, "quarkus.http.proxy.proxy-address-forwarding"))
                && (trusted.isEmpty()
                        || trusted.stream()
                                .anyMatch(
                                        peer -> EVERYBODY.matcher(peer.strip()).matches()));
    }

    private static boolean reachedInTheClear(String address) {
        return address.regionMatches(true, 0, "http:", 0, 5)
                && !LOOPBACK.matcher(address).lookingAt();
    }

    /** Given, and without a value: what the platform or the framework has of its own counts no more. */
    private static boolean isEmptied(Config config, String key) {
        String value = config.getConfigValue(key).getValue();
        return value != null && value.isBlank();
    }

    private static String text(Config config, String key) {
        return config.getOptionalValue(key, String.class).orElse("");
    }
}
