package uz.ksb.pos.gateway.rings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The members of an event's data that have a plain value, by name: enough to know what it is about. */
final class EventFacts {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> members;

    private EventFacts(Map<String, String> members) {
        this.members = members;
    }

    /** @throws IOException when {@code data} is not one JSON object */
    static EventFacts of(byte[] data) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser json = JSON.createParser(data)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the data is no JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    members.put(name, json.getText());
                }
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                throw new IOException("something follows the data");
            }
        }
        return new EventFacts(members);
    }

    String text(String name) {
        return members.get(name);
    }

    String text(String name, String absent) {
        return members.getOrDefault(name, absent);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(members.get(name));
    }

    /** {@code version} or {@code revision}; {@link Frame.Facts#NO_VERSION} without. */
    long version() {
        String version = members.getOrDefault("version", members.get("revision"));
        try {
            return version == null ? Frame.Facts.NO_VERSION : Long.parseLong(version);
        } catch (NumberFormatException unversioned) {
            return Frame.Facts.NO_VERSION;
        }
    }
}
