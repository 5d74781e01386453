package uz.ksb.pos.simulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The answer of a method.
 *
 * @param then done when the whole body was made, before the caller sees its end
 */
public record Answer(int status, Body body, Runnable then) {

    /** Makes the same bytes each time, as long as nothing changes. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes JSON without building it first. */
    @FunctionalInterface
    public interface JsonBody {
        void writeTo(JsonGenerator json) throws IOException;
    }

    public static Answer of(int status, ObjectMapper mapper, Object value) {
        return new Answer(status, out -> mapper.writeValue(out, value), () -> {});
    }

    public static Answer streamed(ObjectMapper mapper, JsonBody body) {
        return new Answer(
                200,
                out -> {
                    try (JsonGenerator json = mapper.createGenerator(out)) {
                        json.writeStartObject();
                        body.writeTo(json);
                        json.writeEndObject();
                    }
                },
                () -> {});
    }

    public Answer then(Runnable action) {
        return new Answer(status, body, action);
    }
}
