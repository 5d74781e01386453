package uz.ksb.pos.product.update;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import uz.ksb.pos.product.catalogue.Product;
import uz.ksb.pos.product.catalogue.ProductParser;
import uz.ksb.pos.product.row.RowFields;
import uz.ksb.pos.product.row.RowRejected;

/** One row as it came, and what it says. */
public sealed interface UpdateRow {
    /** Counted from 1. */
    long line();

    String raw();

    record Readable(long line, Product product, String raw) implements UpdateRow {}

    /**
     * @param productId null when not even that can be read
     */
    record Unreadable(long line, String productId, String reason, String raw) implements UpdateRow {}

    static UpdateRow of(RowCutter.RawRow row) {
        return row.fault() == null
                ? of(row.number(), row.text())
                : new Unreadable(row.number(), null, row.fault(), row.text());
    }

    static UpdateRow of(long line, String raw) {
        try {
            return of(line, StrictJson.MAPPER.readTree(raw), raw);
        } catch (JsonProcessingException e) {
            boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
            return new Unreadable(line, null, twice ? "a key stands twice" : "the row is not valid JSON", raw);
        }
    }

    static UpdateRow of(long line, JsonNode row, String raw) {
        try {
            return new Readable(line, ProductParser.read(row), raw);
        } catch (RowRejected e) {
            return new Unreadable(line, RowFields.idOf(row), e.getMessage(), raw);
        }
    }

    /** A row is one JSON value, without keys that stand twice. */
    final class StrictJson {
        private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(20)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();

        private StrictJson() {}
    }
}
