package uz.ksb.pos.platform.production;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class CommonConfigurationTest {
    private final Config config;

    CommonConfigurationTest(Config config) {
        this.config = config;
    }

    /** With every default of the framework in sight. */
    @Test
    void whatAllServicesHaveInCommonIsSafe() {
        assertThat(ProductionReadinessChecks.platformRules(config))
                .filteredOn(unsafe -> !unsafe.startsWith("quarkus.datasource.password"))
                .isEmpty();
    }
}
