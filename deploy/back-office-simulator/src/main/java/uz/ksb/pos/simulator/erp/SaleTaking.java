package uz.ksb.pos.simulator.erp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.simulator.fault.MethodFaults;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.state.Device;
import uz.ksb.pos.simulator.state.SaleAnswer;
import uz.ksb.pos.simulator.state.SimulatorState;
import uz.ksb.pos.simulator.state.Verdict;

/** {@code create_sales}: one answer row per sale. */
final class SaleTaking {

    private final SimulatorState state;

    SaleTaking(SimulatorState state) {
        this.state = state;
    }

    Map<String, Object> take(Device device, JsonNode body, MethodFaults faults) {
        if (!body.path("sales").isArray()) {
            throw new Refused(400, "sales must be an array");
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode sale : body.path("sales")) {
            SaleAnswer answer = takeOne(device, sale, faults);
            if (!faults.leavesOutRow()) {
                rows.add(row(answer));
            }
        }
        if (faults.ordered().shuffledRows()) {
            Collections.rotate(rows, 1);
        }
        return Map.of("answer", rows);
    }

    private SaleAnswer takeOne(Device device, JsonNode sale, MethodFaults faults) {
        String document = sale.path("details").path(0).path("document").asText("");
        if (document.isBlank()) {
            return new SaleAnswer(null, false, false, "Не указан документ");
        }
        if (!sale.path("products").isArray() || !sale.path("payments").isArray()) {
            return new SaleAnswer(document, false, false, "Не указаны товары или оплаты");
        }
        Verdict verdict = new Verdict(
                faults.refuses(document),
                !faults.leavesUnprocessed(document),
                faults.ordered().refuseRepeated());
        return state.take(device, document, sale, verdict);
    }

    private static Map<String, Object> row(SaleAnswer answer) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("status", answer.accepted() ? "successfully" : "error");
        row.put("document", answer.document());
        row.put("processed", answer.processed());
        row.put("message", answer.message());
        return row;
    }
}
