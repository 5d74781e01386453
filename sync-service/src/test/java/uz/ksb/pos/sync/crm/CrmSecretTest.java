package uz.ksb.pos.sync.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrmSecretTest {
    @Test
    void aSecretThatCannotSignIsNamedAndNotTold() {
        assertThat(unsafe("whsec_not base64 at all!")).containsExactly("pos.crm.secret is not whsec_ and base64");
        assertThat(unsafe("whsec_9eZ1tqXo0mY3vB7hK5cJ8sRw")).isEmpty();
        assertThat(unsafe("")).isEmpty();
    }

    private static List<String> unsafe(String secret) {
        return new CrmSecret()
                .unsafe(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(Map.of("pos.crm.secret", secret), "test", 100))
                        .build());
    }
}
