package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The stock as tills see it: what the source told, less what was sold that it cannot contain yet. Pure. */
final class ShownStock {
    /** The warehouse of goods that nobody says where they were taken from: they are missing in each. */
    private static final String ANYWHERE = "";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ShownStock() {}

    /**
     * @param told the warehouses whose stock was told: elsewhere nothing is shown
     * @return the quantities of {@code left} that count, as JSON with the warehouses in order, equal for equal content; null: none
     */
    static String sold(List<String> told, Map<String, BigDecimal> left) {
        if (told.isEmpty() || left.isEmpty()) {
            return null;
        }
        Map<String, String> counting = new TreeMap<>();
        left.forEach((warehouse, quantity) -> {
            if (quantity.signum() != 0 && (warehouse.equals(ANYWHERE) || told.contains(warehouse))) {
                counting.put(warehouse, plain(quantity));
            }
        });
        return counting.isEmpty() ? null : written(counting);
    }

    /** The same for a stored document. */
    static String sold(String document, Map<String, BigDecimal> left) {
        List<String> told = new ArrayList<>();
        read(document)
                .path("stock")
                .forEach(one -> told.add(one.path("warehouse").asText()));
        return sold(told, left);
    }

    /**
     * The document with the shown quantities; {@code told} beside them is the source's, where it differs.
     *
     * @param sold as {@link #sold} gives it
     */
    static String document(String document, String sold) {
        if (sold == null) {
            return document;
        }
        JsonNode taken = read(sold);
        JsonNode shown = read(document);
        for (JsonNode place : shown.path("stock")) {
            BigDecimal less =
                    quantity(taken.path(place.path("warehouse").asText())).add(quantity(taken.path(ANYWHERE)));
            if (less.signum() != 0) {
                String told = place.path("quantity").asText();
                ((ObjectNode) place)
                        .put("quantity", plain(new BigDecimal(told).subtract(less)))
                        .put("told", told);
            }
        }
        return written(shown);
    }

    private static BigDecimal quantity(JsonNode value) {
        return value.isMissingNode() ? BigDecimal.ZERO : new BigDecimal(value.asText());
    }

    private static String plain(BigDecimal quantity) {
        BigDecimal stripped = quantity.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), 0)).toPlainString();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
