package uz.ksb.pos.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Writes and reads JSON of our own, such as a column's: that it cannot be read or written is a defect, not bad input. */
public final class Json {
    private Json() {}

    /** @throws IllegalArgumentException when {@code value} has no JSON */
    public static String write(ObjectMapper json, Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /** @throws IllegalStateException when {@code text} is not JSON of the type */
    public static <T> T read(ObjectMapper json, String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "stored JSON cannot be read as " + type.getType().getTypeName(), e);
        }
    }

    /** As {@link #read(ObjectMapper, String, TypeReference)}. */
    public static <T> T read(ObjectMapper json, String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read as " + type.getSimpleName(), e);
        }
    }
}
