package uz.ksb.pos.gateway;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import uz.ksb.pos.platform.testing.MetricsRules;

@QuarkusTest
class GatewayMetricsTest extends MetricsRules {
    @Override
    protected void use() {
        RestAssured.get("/api/live/stats");
    }
}
