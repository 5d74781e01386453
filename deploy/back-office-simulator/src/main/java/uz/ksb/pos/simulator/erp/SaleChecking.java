package uz.ksb.pos.simulator.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.state.Device;
import uz.ksb.pos.simulator.state.SimulatorState;
import uz.ksb.pos.simulator.state.StateView;

/**
 * {@code check_sales}: tells which of the documents are there, with their sums. The contract of KSB-MERP has no such method: it is
 * what another base may offer.
 */
final class SaleChecking {
    private static final int MAX_DOCUMENTS = 1_000;

    private final SimulatorState state;

    SaleChecking(SimulatorState state) {
        this.state = state;
    }

    Map<String, Object> check(Device device, JsonNode body, ObjectMapper json) throws IOException {
        JsonNode asked = body.path("documents");
        if (!asked.isArray() || asked.size() > MAX_DOCUMENTS) {
            throw new Refused(400, "documents must be an array of at most " + MAX_DOCUMENTS);
        }
        Set<String> ids = new HashSet<>();
        asked.forEach(id -> ids.add(id.asText()));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (StateView.OfEnterprise of : state.view(device.ksbId()).enterprises()) {
            for (StateView.StoredSale stored : of.sales()) {
                if (ids.contains(stored.document())) {
                    JsonNode sale = json.readTree(state.sale(stored)).path("sale");
                    rows.add(Map.of("document", stored.document(), "sum", sum(sale)));
                }
            }
        }
        return Map.of("status", "successfully", "documents", rows);
    }

    /** The lines less the discount. */
    private static BigDecimal sum(JsonNode sale) {
        BigDecimal sum = amount(sale.path("details").path(0), "discount").negate();
        for (JsonNode line : sale.path("products")) {
            sum = sum.add(amount(line, "sum"));
        }
        return sum;
    }

    private static BigDecimal amount(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText("0"));
    }
}
