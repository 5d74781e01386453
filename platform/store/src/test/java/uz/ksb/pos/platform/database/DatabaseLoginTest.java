package uz.ksb.pos.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseLoginTest {
    @Test
    void whatIsMissingIsNamedAtOnce() {
        assertThat(unsafe(Map.of("quarkus.datasource.password", " ")))
                .containsExactly(
                        "quarkus.datasource.reactive.url is missing",
                        "quarkus.datasource.jdbc.url is missing",
                        "quarkus.datasource.username is missing",
                        "quarkus.datasource.password is missing");
        assertThat(unsafe(Map.of(
                        "quarkus.datasource.reactive.url", "postgresql://h/sales",
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://h/sales",
                        "quarkus.datasource.username", "sales",
                        "quarkus.datasource.password", "k3J9-long-and-random")))
                .isEmpty();
    }

    private static List<String> unsafe(Map<String, String> settings) {
        return new DatabaseLogin()
                .unsafe(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build());
    }
}
