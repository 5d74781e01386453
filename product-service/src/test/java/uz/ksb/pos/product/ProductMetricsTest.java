package uz.ksb.pos.product;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import uz.ksb.pos.platform.testing.MetricsRules;

@QuarkusTest
class ProductMetricsTest extends MetricsRules {
    @Override
    protected void use() {
        RestAssured.get("/api/products");
    }
}
