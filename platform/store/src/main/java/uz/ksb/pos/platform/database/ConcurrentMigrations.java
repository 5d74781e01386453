package uz.ksb.pos.platform.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Lets a migration say {@code create index concurrently}: that statement waits for every open transaction, and Flyway would hold
 * one of its own meanwhile. The lock that keeps two replicas from migrating at once belongs to the session instead.
 */
@Singleton
class ConcurrentMigrations implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    }
}
