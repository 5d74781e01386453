package uz.ksb.pos.platform.migration;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import uz.ksb.pos.platform.production.ProductionReadinessChecks;

/**
 * Nothing is migrated with unsafe settings. Migrations come before all observers of the start, and where the password is missing
 * they would fail without a word of it.
 */
@Singleton
class SafeMigrations implements FlywayConfigurationCustomizer {
    private final ProductionReadinessChecks settings;

    SafeMigrations(ProductionReadinessChecks settings) {
        this.settings = settings;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        settings.check();
    }
}
