package uz.ksb.pos.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The examples that asyncapi.yaml refers to. */
public final class Golden {
    private Golden() {}

    public static void mustLookAsIn(String file, ObjectMapper json, Object data) {
        try (InputStream golden = Golden.class.getResourceAsStream("/golden/" + file)) {
            assertThat(json.readTree(json.writeValueAsString(data))).isEqualTo(json.readTree(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
