package uz.ksb.pos.product.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    static UpdateRow of(long line, String raw, ObjectMapper json) {
        try {
            return of(line, json.readTree(raw), raw);
        } catch (JsonProcessingException e) {
            return new Unreadable(line, null, "the line is not valid JSON", raw);
        }
    }

    static UpdateRow of(long line, JsonNode row, String raw) {
        try {
            return new Readable(line, ProductParser.read(row), raw);
        } catch (RowRejected e) {
            return new Unreadable(line, RowFields.idOf(row), e.getMessage(), raw);
        }
    }
}
