package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.ksbmerp.KsbMerpDelta;
import uz.ksb.pos.platform.ksbmerp.Vocabulary;
import uz.ksb.pos.platform.text.StorableText;

/** KSB-MERP's rows in our words, and which of its methods brings which part. */
final class KsbMerpRows {
    private static final int MAX_DIGITS = 40;
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,9}");
    private static final Map<String, String> FLAGS_OF_THE_LAW =
            Map.of("marked", "marked", "cash_allowed", "cashAllowed");
    /** A larger row would not fit into an event. */
    private static final int MAX_ROW_CHARACTERS = 100_000;

    String method(String part) {
        return switch (part) {
            case "units" -> "symbol";
            case "warehouses" -> "warehouse";
            case "price-types" -> "price_type";
            case "cash-desks" -> "cash";
            case "currencies", "rates" -> "currency";
            case "products" -> "product_update";
            case "customers" -> "client";
            default -> throw new IllegalArgumentException("no method brings the part " + part);
        };
    }

    /** @param dictionaries ids by the dictionary's name, for the rows that point into them */
    Delta.Row translated(String part, KsbMerpDelta.Row row, Map<String, List<String>> dictionaries, long version) {
        if (!StorableText.isWhole(row.id())) {
            return new Delta.Row.Refused(row.id(), "its id has a character that cannot be stored");
        }
        if (row.detail() == null) {
            return tooLong(row);
        }
        try {
            String json =
                    row(part, row.id(), row.detail(), dictionaries, version).toString();
            return json.length() > MAX_ROW_CHARACTERS ? tooLong(row) : new Delta.Row.Offered(row.id(), json);
        } catch (IllegalArgumentException e) {
            return new Delta.Row.Refused(row.id(), e.getMessage());
        }
    }

    private static Delta.Row tooLong(KsbMerpDelta.Row row) {
        return new Delta.Row.Refused(row.id(), "the row is longer than " + MAX_ROW_CHARACTERS + " characters");
    }

    private static ObjectNode row(
            String part, String id, JsonNode detail, Map<String, List<String>> dictionaries, long version) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", id).put("version", version);
        switch (part) {
            case "products" -> product(row, detail, dictionaries);
            case "customers" -> customer(row, detail);
            case "rates" -> row.put("currency", id).put("rate", decimal(detail.path("rate")));
            case "cash-desks" ->
                row.put("name", name(id, detail))
                        .put("kind", Vocabulary.payment(detail.path("type").asText("")));
            default -> row.put("name", name(id, detail));
        }
        return marks(row, detail);
    }

    private static void product(ObjectNode row, JsonNode detail, Map<String, List<String>> dictionaries) {
        row.put("name", detail.path("name").asText(""));
        text(row, "article", detail.path("article"));
        row.put("unit", pointed(dictionaries, "symbol", detail.path("symbol")));
        row.put("currency", pointed(dictionaries, "currency", detail.path("currency")));
        ArrayNode barcodes = row.putArray("barcodes");
        given(detail.path("barcodes"), code -> code).forEach(code -> barcodes.add(code.asText("")));
        if (detail.hasNonNull("box")) {
            row.put("boxQuantity", decimal(detail.path("box")));
        }
        ArrayNode prices = row.putArray("prices");
        given(detail.path("price"), price -> price.path("sale")).forEach(price -> prices.addObject()
                .put("priceType", pointed(dictionaries, "price_type", price.path("type")))
                .put("price", decimal(price.path("sale"))));
        ArrayNode stock = row.putArray("stock");
        given(detail.path("stock"), place -> place.path("qty")).forEach(place -> stock.addObject()
                .put("warehouse", pointed(dictionaries, "warehouse", place.path("warehouse")))
                .put("quantity", decimal(place.path("qty"))));
        law(row, detail);
    }

    /** The entries that say something: a price that is not told is no price of nothing. */
    private static List<JsonNode> given(JsonNode entries, UnaryOperator<JsonNode> value) {
        List<JsonNode> given = new ArrayList<>();
        for (JsonNode entry : entries) {
            JsonNode told = value.apply(entry);
            if (told.isContainerNode() || !told.asText("").isBlank()) {
                given.add(entry);
            }
        }
        return given;
    }

    /** Fields that an enterprise's base may have; the receiver judges their values. */
    private static void law(ObjectNode row, JsonNode detail) {
        text(row, "mxik", detail.path("mxik"));
        text(row, "packageCode", detail.path("package_code"));
        if (detail.hasNonNull("vat_rate")) {
            row.put("vatRate", decimal(detail.path("vat_rate")));
        }
        for (Map.Entry<String, String> field : FLAGS_OF_THE_LAW.entrySet()) {
            if (detail.hasNonNull(field.getKey())) {
                row.set(field.getValue(), detail.get(field.getKey()));
            }
        }
    }

    private static void customer(ObjectNode row, JsonNode detail) {
        row.put("name", detail.path("name").asText(""));
        text(row, "phone", detail.path("phone_number"));
        ArrayNode balances = row.putArray("balances");
        balances(balances, detail.path("positive_balance"), "");
        balances(balances, detail.path("negative_balance"), "-");
    }

    private static void balances(ArrayNode into, JsonNode amounts, String sign) {
        amounts.forEach(amount -> {
            String sum = decimal(amount.path("sum"));
            into.addObject()
                    .put("currency", amount.path("currency").asText(""))
                    .put("amount", sum.startsWith("-") ? sum : sign + sum);
        });
    }

    private static ObjectNode marks(ObjectNode row, JsonNode detail) {
        if (detail.path("archive").asBoolean()) {
            row.put("archived", true);
        }
        if (detail.path("delete").asBoolean()) {
            row.put("deleted", true);
        }
        return row;
    }

    private static String name(String id, JsonNode detail) {
        String name = detail.path("name").asText("");
        return name.isBlank() ? id : name;
    }

    private static void text(ObjectNode row, String field, JsonNode value) {
        if (!value.asText("").isBlank()) {
            row.put(field, value.asText(""));
        }
    }

    /** The dictionary entry that a row points to by its index. */
    private static String pointed(Map<String, List<String>> dictionaries, String dictionary, JsonNode index) {
        List<String> entries = dictionaries.getOrDefault(dictionary, List.of());
        String place = index.asText("");
        // A fraction, or a number that no integer holds, is not rounded to another entry.
        if (!PLACE.matcher(place).matches()
                || Integer.parseInt(place) >= entries.size()
                || entries.get(Integer.parseInt(place)).isBlank()) {
            throw new IllegalArgumentException("the row points to " + dictionary + "["
                    + place.substring(0, Math.min(place.length(), MAX_DIGITS)) + "], which is not there");
        }
        return entries.get(Integer.parseInt(place));
    }

    /** Plain digits; a number that no shop has stays as it is written, so that the receiver rejects it. */
    static String decimal(JsonNode value) {
        if (!value.isNumber()) {
            return value.asText("0").strip();
        }
        BigDecimal number = value.decimalValue();
        return Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS
                ? number.toString()
                : number.toPlainString();
    }
}
