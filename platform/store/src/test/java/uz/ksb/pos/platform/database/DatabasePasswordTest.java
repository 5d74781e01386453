package uz.ksb.pos.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabasePasswordTest {
    @Test
    void anEmptyPasswordIsUnsafe() {
        assertThat(unsafe("")).singleElement().asString().contains("quarkus.datasource.password is empty");
        assertThat(unsafe("k3J9-long-and-random")).isEmpty();
    }

    private static List<String> unsafe(String password) {
        return new DatabasePassword()
                .unsafe(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(
                                Map.of("quarkus.datasource.password", password), "test", 100))
                        .build());
    }
}
