package uz.ksb.pos.gateway.socketio.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of a packet: checked, but not read into values. The text of each element is kept without the spaces between
 * its tokens, so that numbers and the order of members stay as the client wrote them.
 */
final class JsonArray {
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonArray() {}

    /**
     * The elements of an array.
     *
     * @param attachments how many placeholders it must hold: each number from 0 on, once
     * @throws MalformedPacket when it is no array, or holds other placeholders
     */
    static List<String> elements(String json, int attachments) throws MalformedPacket {
        Placeholders placeholders = new Placeholders(attachments);
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_ARRAY, "a payload that is no array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int start = offset(parser);
                element(parser, placeholders);
                elements.add(compact(json, start, (int) parser.currentLocation().getCharOffset()));
            }
            require(parser.nextToken() == null, "something follows the payload");
        } catch (IOException notJson) {
            throw new MalformedPacket("a payload that is not JSON");
        }
        placeholders.requireAll();
        return elements;
    }

    /** @throws MalformedPacket when it is no object */
    static String object(String json) throws MalformedPacket {
        try (JsonParser parser = JSON.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "a payload that is no object");
            parser.skipChildren();
            require(parser.nextToken() == null, "something follows the payload");
            return json;
        } catch (IOException notJson) {
            throw new MalformedPacket("a payload that is not JSON");
        }
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Reads to the last token of the present element. */
    private static void element(JsonParser parser, Placeholders placeholders) throws IOException, MalformedPacket {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            require(token != null, "a payload that ends too early");
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isScalarValue()) {
                // Numbers and texts are checked when they are asked for.
                String unused = parser.getText();
            }
            placeholders.note(parser, token, depth);
        } while (depth > 0 && (parser.nextToken() != null || ended()));
    }

    private static boolean ended() throws MalformedPacket {
        throw new MalformedPacket("a payload that ends too early");
    }

    private static String compact(String json, int start, int end) {
        StringBuilder compact = null;
        boolean quoted = false;
        for (int at = start; at < end; at++) {
            char c = json.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\') {
                if (compact != null) {
                    compact.append(c);
                }
                at++;
                c = json.charAt(at);
            } else if (!quoted && c <= ' ') {
                if (compact == null) {
                    compact = new StringBuilder(end - start).append(json, start, at);
                }
                continue;
            }
            if (compact != null) {
                compact.append(c);
            }
        }
        return compact == null ? json.substring(start, end) : compact.toString();
    }

    static void require(boolean condition, String why) throws MalformedPacket {
        if (!condition) {
            throw new MalformedPacket(why);
        }
    }
}
