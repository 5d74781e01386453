package uz.ksb.pos.platform.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import uz.ksb.pos.platform.production.ProductionReadinessCheck;

/** A database has an address, for requests and for migrations, and a login; what they are like is checked as of all settings. */
@ApplicationScoped
class DatabaseLogin implements ProductionReadinessCheck {
    @Override
    public List<String> unsafe(Config config) {
        return Stream.of(
                        "quarkus.datasource.reactive.url",
                        "quarkus.datasource.jdbc.url",
                        "quarkus.datasource.username",
                        "quarkus.datasource.password")
                .filter(name ->
                        config.getOptionalValue(name, String.class).orElse("").isBlank())
                .map(name -> name + " is missing")
                .toList();
    }
}
