package uz.ksb.pos.platform.production;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start with settings that are only for a developer's machine, unless {@code pos.environment} is
 * {@code local}.
 */
@ApplicationScoped
public class ProductionReadinessChecks {
    private static final String LOCAL = "local";
    private static final Pattern SECRET = Pattern.compile("(?i)(pos|quarkus|kafka)[._].*(password|secret)");
    private static final Set<String> WELL_KNOWN = Set.of(
            "postgres",
            "password",
            "parol",
            "test",
            "secret",
            "admin",
            "root",
            "changeit",
            "changeme",
            "change-me",
            "sample",
            "example",
            "default",
            "demo",
            "12345678",
            "123456",
            "qwerty",
            "password1234",
            "123456789012");
    /** In the login at Kafka, which holds more than a password. */
    private static final Pattern JAAS_PASSWORD = Pattern.compile("password=\"([^\"]*)\"");

    private static final String JAAS = "kafka.sasl.jaas.config";
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
        unsafe.addAll(wellKnownSecrets(config));
        unsafe.addAll(missing(config));
        return unsafe;
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
                && text(config, JAAS).isBlank()) {
            missing.add(JAAS + " is missing");
        }
        return missing;
    }

    /** All our secrets, by their names: a new secret of a service is checked without further code. */
    private static List<String> wellKnownSecrets(Config config) {
        Stream<String> secrets = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> SECRET.matcher(name).matches())
                .filter(name -> isWellKnown(text(config, name)));
        Stream<String> kafka = JAAS_PASSWORD
                .matcher(text(config, JAAS))
                .results()
                .filter(password -> isWellKnown(password.group(1)))
                .map(password -> JAAS);
        return Stream.concat(secrets, kafka)
                .map(name -> name + " is a well-known one")
                .sorted()
                .toList();
    }

    private static boolean isWellKnown(String secret) {
        return WELL_KNOWN.contains(secret.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean reachedInTheClear(String address) {
        return address.regionMatches(true, 0, "http:", 0, 5)
                && !LOOPBACK.matcher(address).lookingAt();
    }

    private static String text(Config config, String key) {
        return config.getOptionalValue(key, String.class).orElse("");
    }
}
