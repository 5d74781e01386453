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
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** All pages, or all that come unencrypted, which anybody on the way writes. */
    private static final Pattern EVERY_PAGE = Pattern.compile("(?i)\\*|/\\^?(https\\?://)?\\.[*+]\\$?/|http:.*");

    private static final List<String> CHECKS_OF_TOKENS = List.of("mp.jwt.verify.issuer", "mp.jwt.verify.audiences");

    /** Of a developer's machine. */
    private static final Map<String, String> SWITCHES = Map.of(
            "pos.sample.data", "creates sample enterprises with known logins",
            "quarkus.flyway.clean-at-start", "empties the database");

    private static final Pattern TRUST_ALL = Pattern.compile("(quarkus|smallrye|pos)\\..*trust\\.all");
    private static final String HOST_NAMES_OF_KAFKA = "kafka.ssl.endpoint.identification.algorithm";
    private static final String REQUIRED = "pos.production.required";

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
            throw new IllegalStateException("Refusing to start in production: "
                    + unsafe.stream().distinct().sorted().collect(Collectors.joining("; ")));
        }
    }

    /** Rules that hold for every service: the unsafe settings, one sentence each. */
    public static List<String> platformRules(Config config) {
        List<String> unsafe = new ArrayList<>();
        if (!Settings.text(config, "pos.clock.offset").matches("|PT0S")) {
            unsafe.add("pos.clock.offset moves the clock");
        }
        SWITCHES.forEach((name, does) -> {
            if (Settings.isOn(config, name)) {
                unsafe.add(name + " " + does);
            }
        });
        Settings.names(config)
                .filter(name -> TRUST_ALL.matcher(Settings.canonical(name)).matches() && Settings.isOn(config, name))
                .map(name -> name + " takes the certificate of anybody")
                .sorted()
                .forEach(unsafe::add);
        if (Settings.ofKafka(config).endsWith("SSL") && isEmptied(config, HOST_NAMES_OF_KAFKA)) {
            unsafe.add(HOST_NAMES_OF_KAFKA + " is empty: the certificate of any host would do");
        }
        if (trustsEverybody(config)) {
            unsafe.add(PROXIES + " trusts everybody");
        }
        if (Settings.list(config, ORIGINS).stream()
                .anyMatch(origin -> EVERY_PAGE.matcher(origin).matches())) {
            unsafe.add(ORIGINS + " admits every page, or pages over http");
        }
        CHECKS_OF_TOKENS.stream()
                .filter(name -> isEmptied(config, name))
                .map(name -> name + " is empty: tokens that are meant for others would count")
                .forEach(unsafe::add);
        unsafe.addAll(AddressRules.unsafe(config));
        unsafe.addAll(SecretRules.unsafe(config));
        unsafe.addAll(missing(config));
        unsafe.addAll(missingFiles(config));
        return unsafe;
    }

    /** Of the service's list of {@code name} and {@code name when other}: those without a value. */
    private static List<String> missing(Config config) {
        List<String> missing = new ArrayList<>();
        for (String entry : Settings.list(config, REQUIRED)) {
            String[] words = entry.split(" when ", 2);
            if ((words.length == 1 || isGiven(config, words[1])) && !isGiven(config, words[0])) {
                missing.add(words[0] + " is missing");
            }
        }
        return missing;
    }

    /** A default that the code has for a developer's machine is not given. */
    private static boolean isGiven(Config config, String name) {
        return !Settings.text(config, name).isBlank()
                && config.getConfigValue(name).getSourceOrdinal() >= 0;
    }

    /** Files that settings name, and that are not there: what needs them would fail without a word of the setting. */
    private static List<String> missingFiles(Config config) {
        List<String> names = new ArrayList<>(List.of("pos.keys.directory"));
        if (Settings.ofKafka(config).endsWith("SSL")) {
            names.addAll(List.of("kafka.ssl.truststore.location", "kafka.ssl.keystore.location"));
        }
        return names.stream()
                .filter(name -> !Settings.text(config, name).isBlank()
                        && !Files.isReadable(Path.of(Settings.text(config, name).strip())))
                .map(name -> name + " names nothing that can be read")
                .toList();
    }

    /** An address of the caller that anybody may tell is worth nothing: limits of logins go by it. */
    private static boolean trustsEverybody(Config config) {
        List<String> trusted = Settings.list(config, PROXIES);
        return Settings.isOn(config, "quarkus.http.proxy.proxy-address-forwarding")
                && (trusted.isEmpty()
                        || trusted.stream()
                                .anyMatch(peer -> EVERYBODY.matcher(peer).matches()));
    }

    /** Given, and without a value: what the platform or the framework has of its own counts no more. */
    private static boolean isEmptied(Config config, String key) {
        String value = config.getConfigValue(key).getValue();
        return value != null && value.isBlank();
    }
}
