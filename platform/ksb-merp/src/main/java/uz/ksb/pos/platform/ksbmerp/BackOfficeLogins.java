package uz.ksb.pos.platform.ksbmerp;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import uz.ksb.pos.platform.production.ProductionReadinessCheck;

/** Each back office that has an address, the common one and those of single enterprises, has a login too. */
@ApplicationScoped
class BackOfficeLogins implements ProductionReadinessCheck {
    private static final String PREFIX = "pos.back-office.";

    private final KsbMerpConfig settings;

    BackOfficeLogins(KsbMerpConfig settings) {
        this.settings = settings;
    }

    @Override
    public List<String> unsafe(Config config) {
        List<String> missing = new ArrayList<>();
        // Of no enterprise: the common one.
        Address.of(settings, "").ifPresent(common -> missing.addAll(missing(PREFIX, common)));
        if (missing.isEmpty()) {
            new TreeMap<>(settings.enterprise()).keySet().forEach(ksbId -> Address.of(settings, ksbId)
                    .ifPresent(own -> missing.addAll(missing(PREFIX + "enterprise.\"" + ksbId + "\".", own))));
        }
        return missing;
    }

    private static List<String> missing(String prefix, Address address) {
        return new TreeMap<>(Map.of("user", address.user(), "password", address.password()))
                .entrySet().stream()
                        .filter(part -> part.getValue().isBlank())
                        .map(part -> prefix + part.getKey() + " is missing")
                        .toList();
    }
}
