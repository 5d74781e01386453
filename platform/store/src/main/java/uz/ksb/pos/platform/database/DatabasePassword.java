package uz.ksb.pos.platform.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import uz.ksb.pos.platform.production.ProductionReadinessCheck;

/** A database without a password is refused in production; well-known ones are refused as all secrets are. */
@ApplicationScoped
class DatabasePassword implements ProductionReadinessCheck {
    private static final String KEY = "quarkus.datasource.password";

    @Override
    public List<String> unsafe(Config config) {
        boolean empty = config.getOptionalValue(KEY, String.class).orElse("").isBlank();
        return empty ? List.of(KEY + " is empty") : List.of();
    }
}
