package uz.ksb.pos.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of the simulator at one moment. */
public record StateView(
        List<OfEnterprise> enterprises, List<Confirmation> confirmations, List<CrmRequest> crmRequests) {

    /**
     * @param repeated how often each document came again; those that did not are left out
     * @param refused the same for refusals
     * @param confirmed by row type: different rows that any device ever confirmed
     * @param open by device and row type: rows still to be confirmed
     */
    public record OfEnterprise(
            String ksbId,
            List<StoredSale> sales,
            Map<String, Integer> repeated,
            Map<String, Integer> refused,
            Map<String, Integer> confirmed,
            Map<String, Map<String, Integer>> open) {

        static OfEnterprise of(EnterpriseState base) {
            Map<String, Integer> confirmed = new LinkedHashMap<>();
            for (RowType type : RowType.values()) {
                confirmed.put(type.wireName(), base.confirmed(type));
            }
            Map<String, Map<String, Integer>> open = new LinkedHashMap<>();
            base.openOffers().forEach((device, counts) -> {
                Map<String, Integer> named = new LinkedHashMap<>();
                counts.forEach((type, count) -> named.put(type.wireName(), count));
                open.put(device, named);
            });
            return new OfEnterprise(
                    base.shop().ksbId(),
                    base.sales.entrySet().stream()
                            .map(sale -> new StoredSale(
                                    sale.getKey(), sale.getValue().place()))
                            .toList(),
                    Map.copyOf(base.repeated),
                    Map.copyOf(base.refused),
                    confirmed,
                    open);
        }
    }

    /** A sale, to be read by {@link SimulatorState#sale}. */
    public static final class StoredSale {
        private final String document;
        private final Journal.Place place;

        StoredSale(String document, Journal.Place place) {
            this.document = document;
            this.place = place;
        }

        public String document() {
            return document;
        }

        Journal.Place place() {
            return place;
        }
    }

    /** One {@code remove}, with the number of ids per row type. */
    public record Confirmation(String ksbId, String deviceId, Instant at, Map<String, Integer> rows) {
        static Confirmation of(Entry.RowsConfirmed told) {
            Map<String, Integer> rows = new LinkedHashMap<>();
            told.rows()
                    .forEach(some ->
                            rows.merge(some.type().wireName(), some.ids().size(), Integer::sum));
            return new Confirmation(told.ksbId(), told.deviceId(), told.at(), rows);
        }
    }

    /** {@code refusal} is null when the request was accepted. */
    public record CrmRequest(String webhookId, String ksbId, Instant at, String refusal, JsonNode event) {
        static CrmRequest of(Entry.CrmRequest request) {
            return new CrmRequest(
                    request.webhookId(), request.ksbId(), request.at(), request.refusal(), request.event());
        }
    }
}
