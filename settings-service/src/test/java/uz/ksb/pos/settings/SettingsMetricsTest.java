package uz.ksb.pos.settings;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import uz.ksb.pos.platform.testing.MetricsRules;

@QuarkusTest
class SettingsMetricsTest extends MetricsRules {
    @Override
    protected void use() {
        RestAssured.get("/api/enterprise");
    }
}
