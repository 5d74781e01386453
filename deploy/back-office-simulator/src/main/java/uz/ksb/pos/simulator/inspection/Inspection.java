package uz.ksb.pos.simulator.inspection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.ksb.pos.simulator.fault.FaultBoard;
import uz.ksb.pos.simulator.fault.Faults;
import uz.ksb.pos.simulator.http.Answer;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.http.RequestLog;
import uz.ksb.pos.simulator.state.SimulatorState;
import uz.ksb.pos.simulator.state.StateView;

/** The answers under {@code /_sim}; {@code ?ksb_id=} narrows each listing to one enterprise. */
public final class Inspection {

    private final SimulatorState state;
    private final FaultBoard faults;
    private final RequestLog log;
    private final Set<String> methods;
    private final ObjectMapper json;

    /** @param methods of the back office */
    public Inspection(SimulatorState state, FaultBoard faults, RequestLog log, Set<String> methods, ObjectMapper json) {
        this.state = state;
        this.faults = faults;
        this.log = log;
        this.methods = methods;
        this.json = json;
    }

    /** {@code ?document=} shows one sale, {@code ?limit=} at most so many (0: the counts alone), {@code ?order=newest} the last first. */
    public Answer sales(RoutingContext request) {
        List<StateView.OfEnterprise> enterprises = view(request).enterprises();
        String document = request.request().getParam("document", "");
        Map<String, Integer> repeated = merged(enterprises, StateView.OfEnterprise::repeated);
        Map<String, Integer> refused = merged(enterprises, StateView.OfEnterprise::refused);
        List<StateView.StoredSale> all =
                enterprises.stream().flatMap(of -> of.sales().stream()).toList();
        List<StateView.StoredSale> shown = all.stream()
                .filter(sale -> document.isEmpty() || sale.document().equals(document))
                .toList();
        List<StateView.StoredSale> ordered =
                request.request().getParam("order", "").equals("newest") ? shown.reversed() : shown;
        return Answer.streamed(json, out -> {
            out.writeNumberField("count", all.size());
            out.writeNumberField("repeated", sum(repeated));
            out.writeNumberField("refused", sum(refused));
            out.writeObjectField("repeatedDocuments", repeated);
            out.writeObjectField("refusedDocuments", refused);
            writeSales(out, ordered.stream().limit(RequestBody.limit(request)).toList());
        });
    }

    /** {@code DELETE /_sim/sales/{document}}: as a person deletes a document in 1C. */
    public Answer deleteSale(RoutingContext request) throws IOException {
        String document = request.pathParam("document");
        if (state.delete(request.request().getParam("ksb_id", ""), document) == 0) {
            throw new Refused(404, "There is no document " + document);
        }
        return Answer.of(200, json, Map.of("document", document));
    }

    private void writeSales(JsonGenerator out, List<StateView.StoredSale> sales) throws IOException {
        out.writeArrayFieldStart("sales");
        for (StateView.StoredSale sale : sales) {
            out.writeRawValue(new String(state.sale(sale), StandardCharsets.UTF_8));
        }
        out.writeEndArray();
    }

    public Answer confirmations(RoutingContext request) {
        StateView view = view(request);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", view.confirmations().size());
        answer.put("confirmed", merged(view.enterprises(), StateView.OfEnterprise::confirmed));
        answer.put(
                "open",
                view.enterprises().stream()
                        .collect(Collectors.toMap(StateView.OfEnterprise::ksbId, StateView.OfEnterprise::open)));
        answer.put("confirmations", view.confirmations());
        return Answer.of(200, json, answer);
    }

    public Answer crm(RoutingContext request) {
        List<StateView.CrmRequest> requests = view(request).crmRequests();
        List<StateView.CrmRequest> accepted =
                requests.stream().filter(one -> one.refusal() == null).toList();
        long different = accepted.stream()
                .map(StateView.CrmRequest::webhookId)
                .distinct()
                .count();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", different);
        answer.put("repeated", accepted.size() - different);
        answer.put("refused", requests.size() - accepted.size());
        answer.put("requests", requests);
        return Answer.of(200, json, answer);
    }

    /** {@code ?method=} narrows further. */
    public Answer requests(RoutingContext request) {
        String ksbId = request.request().getParam("ksb_id", "");
        String method = request.request().getParam("method", "");
        return Answer.of(200, json, Map.of("requests", log.of(ksbId, method)));
    }

    public Answer faults() {
        Map<String, Object> answer = new TreeMap<>();
        faults.all()
                .forEach((method, at) -> answer.put(method, Map.of("ordered", at.ordered(), "struck", at.struck())));
        return Answer.of(200, json, Map.of("faults", answer));
    }

    public Answer orderFaults(RoutingContext request) {
        Faults order = RequestBody.of(request, json, Faults.class);
        String method = order.method();
        if (method != null && !methods.contains(method) && !FaultBoard.OF_THE_CRM.contains(method)) {
            throw new Refused(400, "There is no method " + method);
        }
        faults.order(order);
        return faults();
    }

    public Answer clearFaults() {
        faults.clear();
        return faults();
    }

    /** Forgets everything: state, faults and requests. */
    public Answer reset() {
        state.reset();
        faults.clear();
        log.clear();
        return Answer.of(200, json, Map.of("status", "successfully"));
    }

    private StateView view(RoutingContext request) {
        return state.view(request.request().getParam("ksb_id", ""));
    }

    private static Map<String, Integer> merged(
            List<StateView.OfEnterprise> enterprises, Function<StateView.OfEnterprise, Map<String, Integer>> part) {
        Map<String, Integer> merged = new TreeMap<>();
        enterprises.forEach(of -> part.apply(of).forEach((key, count) -> merged.merge(key, count, Integer::sum)));
        return merged;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
