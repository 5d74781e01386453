package uz.ksb.pos.sync;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import uz.ksb.pos.platform.testing.MetricsRules;

@QuarkusTest
class SyncMetricsTest extends MetricsRules {
    @Override
    protected void use() {
        RestAssured.get("/api/syncs");
    }
}
