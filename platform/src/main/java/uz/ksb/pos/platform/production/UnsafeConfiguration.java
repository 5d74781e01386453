package uz.ksb.pos.platform.production;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start with what is only for a developer's machine, unless {@code pos.environment} says {@code local}. */
@ApplicationScoped
class UnsafeConfiguration {
    private static final String LOCAL = "local";

    void atStart(
            @Observes @Priority(1) StartupEvent starting,
            @ConfigProperty(name = "pos.environment", defaultValue = "production") String environment,
            Config config,
            Instance<ProductionRule> rules) {
        check(environment, config, rules);
    }

    static void check(String environment, Config config, Iterable<ProductionRule> rules) {
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
        boolean hasDatabase = !text(config, "quarkus.datasource.db-kind").equals("none");
        if (hasDatabase && text(config, "quarkus.datasource.password").matches("|postgres|password|test|changeit")) {
            unsafe.add("quarkus.datasource.password is empty or a well-known one");
        }
        return unsafe;
    }

    private static String text(Config config, String key) {
        return config.getOptionalValue(key, String.class).orElse("");
    }
}
