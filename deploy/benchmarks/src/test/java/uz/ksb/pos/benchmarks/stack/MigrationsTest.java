package uz.ksb.pos.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    private Path root;

    @Test
    void platformsComeFirstAndTheOthersByNumber() throws Exception {
        Path platform = Files.createDirectories(root.resolve("platform/store/src/main/resources/db/platform"));
        Path own = Files.createDirectories(root.resolve("a-service/src/main/resources/db/migration"));
        for (String name : new String[] {"V010__c.sql", "V002__b.sql", "V001__a.sql"}) {
            Files.createFile(own.resolve(name));
        }
        Files.createFile(platform.resolve("V000_1__outbox.sql"));
        assertThat(Migrations.of(root, "a-service"))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("V000_1__outbox.sql", "V001__a.sql", "V002__b.sql", "V010__c.sql");
    }
}
