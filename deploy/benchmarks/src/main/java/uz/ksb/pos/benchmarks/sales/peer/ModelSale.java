package uz.ksb.pos.benchmarks.sales.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.till.Api;

/** The rows that one sale leaves in the tables of sales-service, as variables of pgbench. */
public final class ModelSale {
    private static final long SEQUENCE = 987_654_321;

    private ModelSale() {}

    /** Makes a sale and keeps its rows and events, with {@code @id} and {@code @sequence} where those stand. */
    public static Map<String, String> of(SampleShop shop, Postgres postgres) throws InterruptedException {
        Api.Login till = shop.till();
        SaleDocuments documents = SaleDocuments.of(shop, till.token());
        UUID id = UUID.randomUUID();
        String path = "/api/sales/" + id;
        // An answer is the same view that the event carries.
        JsonObject opened = shop.put(path, till.token(), documents.open());
        String openRow = row(postgres, id);
        JsonObject completed = shop.post(path + "/completion", till.token(), documents.completion(SEQUENCE));
        String doneRow = row(postgres, id);
        Map<String, String> variables = new HashMap<>(Map.of(
                "open_row", openRow,
                "opened", opened.encode(),
                "done_row", doneRow,
                "completed", completed.encode(),
                "change_rows", totalChanges(new JsonObject(doneRow))));
        variables.replaceAll(
                (name, text) -> text.replace(id.toString(), "@id").replace(Long.toString(SEQUENCE), "@sequence"));
        variables.put("ksb_id", SampleShop.KSB_ID);
        variables.put("device_id", till.deviceId());
        variables.put("warehouse", documents.open().getString("warehouse"));
        variables.put("products", array(documents, "productId"));
        variables.put("quantities", array(documents, "quantity"));
        return variables;
    }

    /** One value of each line, as a literal of PostgreSQL. */
    private static String array(SaleDocuments documents, String field) {
        return documents.open().getJsonArray("lines").stream()
                .map(line -> '"' + ((JsonObject) line).getString(field) + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String row(Postgres postgres, UUID id) {
        return postgres.value("sales", "select to_json(s)::text from sales s where id = ?", id);
    }

    /** As {@code TotalsAggregator} adds them: all that is not named is zero there, too. */
    private static String totalChanges(JsonObject row) {
        JsonObject change = new JsonObject()
                .put("ksb_id", row.getString("ksb_id"))
                .put("business_date", row.getString("business_date"))
                .put("hour", row.getInteger("business_hour"))
                .put("currency", row.getString("currency"))
                .put("main_currency", row.getString("main_currency"))
                .put("count", 1)
                .put("not_delivered", 1);
        for (String count : new String[] {"returns_count", "rejected", "to_review", "customers"}) {
            change.put(count, 0);
        }
        for (String prefix : new String[] {"", "main_"}) {
            for (String sum : new String[] {"gross", "cash"}) {
                change.put(prefix + sum, row.getValue("total"));
            }
            for (String sum : new String[] {"returns", "card", "debt", "discount", "rounding"}) {
                change.put(prefix + sum, 0);
            }
        }
        return JsonArray.of(change).encode();
    }
}
