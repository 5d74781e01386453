package uz.ksb.pos.sales;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import uz.ksb.pos.platform.testing.EdgeRules;

@QuarkusTest
class SalesEdgeRulesTest extends EdgeRules {
    @Override
    protected Set<String> open() {
        return Set.of();
    }
}
