package uz.ksb.pos.product;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.EdgeRules;

@QuarkusTest
class ProductEdgeRulesTest extends EdgeRules {
    @Override
    protected Set<String> open() {
        return Set.of();
    }

    @Override
    protected Role allowed(String endpoint) {
        return endpoint.equals("POST /api/product-updates") ? Role.BACK_OFFICE : Role.ADMIN;
    }
}
