package uz.ksb.pos.settings.key;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The keys as they are now. Token times are real time, not the business clock: whoever verifies a token asks its own system.
 */
@Startup
@ApplicationScoped
class Keys {
    private static final Logger LOG = Logger.getLogger(Keys.class);

    private final KeyFolder folder;
    private final boolean local;
    private final Duration lead;
    /** Since when this process publishes a key; those of its start are known to everyone already. */
    private final Map<String, Instant> appeared = new ConcurrentHashMap<>();

    private volatile KeySet current;

    Keys(KeyConfig config, @ConfigProperty(name = "pos.environment", defaultValue = "production") String environment) {
        folder = new KeyFolder(
                config.directory().orElseThrow(() -> new IllegalStateException("pos.keys.directory is missing")));
        local = environment.equals("local");
        lead = config.lead();
    }

    /** Fails the start when a purpose has no key that may sign. */
    @PostConstruct
    void load() {
        current = folder.read();
        for (Purpose purpose : Purpose.values()) {
            if (local && due(purpose).isEmpty()) {
                folder.make(purpose, Instant.now().truncatedTo(ChronoUnit.MINUTES));
                current = folder.read();
            }
            signing(purpose);
        }
    }

    @Scheduled(every = "{pos.keys.reload:15s}", delayed = "5s")
    void reload() {
        try {
            KeySet read = folder.read();
            read.byKid().keySet().stream()
                    .filter(kid -> !current.byKid().containsKey(kid))
                    .forEach(kid -> appeared.put(kid, Instant.now()));
            current = read;
        } catch (RuntimeException e) {
            LOG.warnf("The keys cannot be read again and stay as they were: %s", e);
        }
    }

    KeySet current() {
        return current;
    }

    TokenKey signing(Purpose purpose) {
        return due(purpose).orElseThrow(() -> new IllegalStateException(missing(purpose)));
    }

    static String missing(Purpose purpose) {
        return "pos.keys.directory has no key " + purpose.prefix() + "<yyyyMMdd'T'HHmm>Z.pem that is due";
    }

    private Optional<TokenKey> due(Purpose purpose) {
        Instant now = Instant.now();
        return current.signing(purpose, now, key -> !appeared.getOrDefault(key.kid(), Instant.MIN)
                .isAfter(now.minus(lead)));
    }
}
