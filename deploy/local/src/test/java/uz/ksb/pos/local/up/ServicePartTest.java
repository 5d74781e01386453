package uz.ksb.pos.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicePartTest {
    @TempDir
    private Path folder;

    @Test
    void dataOfAnotherVersionAreToldFromOtherFailures() throws IOException {
        assertThat(part("java.net.ConnectException: Connection refused\n").hopeless())
                .isEmpty();
        assertThat(part("""
                        ERROR [io.quarkus.runtime.Application] (main) Failed to start application: \
                        org.flywaydb.core.api.exception.FlywayValidateException: Validate failed: Migrations have failed validation
                        Migration checksum mismatch for migration version 001
                        """).hopeless()).hasValueSatisfying(reason -> assertThat(reason)
                .contains("another version of sales-service", "./pos up --clean"));
    }

    private ServicePart part(String log) throws IOException {
        return new ServicePart(
                Service.ALL.get(2),
                folder,
                Java.Caches.USED,
                "sales-service",
                1,
                Map.of(),
                Files.writeString(folder.resolve("sales-service.log"), log));
    }
}
