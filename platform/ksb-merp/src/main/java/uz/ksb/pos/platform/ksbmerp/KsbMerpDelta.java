package uz.ksb.pos.platform.ksbmerp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;
import uz.ksb.pos.platform.spool.SpoolFile;
import uz.ksb.pos.platform.text.StorableText;

/**
 * A delta, {@code {status, object, item: [ids], detail: [rows, same order], dictionaries}}, with its fields in any order: one pass
 * over the answer checks it and keeps its dictionaries, two readers then go through ids and rows side by side. So it is never
 * in memory as a whole. Reading blocks: it belongs on a worker thread.
 */
public final class KsbMerpDelta implements AutoCloseable {
    private static final List<String> DICTIONARIES = List.of("symbol", "currency", "warehouse", "price_type");
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_DICTIONARIES_CHARACTERS = 8_000_000;
    private static final int MAX_ID_CHARACTERS = 1_000;
    /** A longer one is never in memory. */
    private static final int MAX_ROW_CHARACTERS = 400_000;

    private final ObjectMapper json;
    private final Call call;
    private final Supplier<InputStream> answer;
    private final Runnable onClose;
    private final Map<String, List<String>> dictionaries = new HashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private final BitSet tooLong = new BitSet();
    private int characters;
    private int place;
    private JsonParser items;
    private JsonParser details;
    private String object;

    /**
     * @param id as the back office gave it; empty when it gave none
     * @param detail null: it is longer than any row can be
     */
    public record Row(String id, JsonNode detail) {}

    private KsbMerpDelta(ObjectMapper json, Call call, Supplier<InputStream> answer, Runnable onClose) {
        this.json = json;
        this.call = call;
        this.answer = answer;
        this.onClose = onClose;
        this.object = call.method();
    }

    /**
     * Checks the whole answer.
     *
     * @param answer gives the answer's bytes from the beginning, three times
     * @throws BackOfficeFailure when the answer is not whole or not a delta; it is closed then
     */
    static KsbMerpDelta read(ObjectMapper json, Call call, Supplier<InputStream> answer, Runnable onClose) {
        KsbMerpDelta delta = new KsbMerpDelta(json, call, answer, onClose);
        try {
            delta.check();
            delta.items = delta.at("item");
            delta.details = delta.at("detail");
            return delta;
        } catch (SpoolFile.NoRoom e) {
            delta.close();
            throw BackOfficeFailure.of(e);
        } catch (IOException e) {
            delta.close();
            throw new BackOfficeFailure(
                    Reason.UNREADABLE,
                    call.failure(Reason.UNREADABLE, "is not JSON").getMessage(),
                    e);
        } catch (BackOfficeFailure e) {
            delta.close();
            throw e;
        }
    }

    private void check() throws IOException {
        try (JsonParser parser = json.createParser(Utf8.reader(answer.get()))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw call.failure(Reason.UNREADABLE, "is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser.currentName(), parser);
            }
            if (parser.nextToken() != null) {
                throw call.failure(Reason.UNREADABLE, "is not JSON");
            }
        }
        if (!lengths.containsKey("item") || !lengths.get("item").equals(lengths.get("detail"))) {
            throw call.failure(Reason.INCOMPLETE, "is not complete");
        }
    }

    private void field(String name, JsonParser parser) throws IOException {
        JsonToken start = parser.nextToken();
        if (name.equals("status") && start == JsonToken.VALUE_STRING && Vocabulary.isFailure(parser.getText())) {
            throw call.failure(Reason.ERROR, "is an error");
        } else if (name.equals("object") && start == JsonToken.VALUE_STRING) {
            object = word(parser.getText());
        } else if (start != JsonToken.START_ARRAY) {
            parser.skipChildren();
        } else if (DICTIONARIES.contains(name)) {
            mustBeFirst(name, dictionaries.put(name, entries(parser)));
        } else if (!name.equals("item") && !name.equals("detail")) {
            parser.skipChildren();
        } else {
            mustBeFirst(name, lengths.put(name, name.equals("item") ? ids(parser) : rows(parser)));
        }
    }

    private String word(String text) {
        if (text.length() > MAX_ID_CHARACTERS || !StorableText.isWhole(text)) {
            throw call.failure(Reason.UNREADABLE, "has an object that is no word");
        }
        return text;
    }

    private void mustBeFirst(String name, Object before) {
        if (before != null) {
            throw call.failure(Reason.UNREADABLE, "has " + name + " twice");
        }
    }

    private List<String> entries(JsonParser parser) throws IOException {
        List<String> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == MAX_ENTRIES) {
                throw call.failure(Reason.TOO_LARGE, "has more than " + MAX_ENTRIES + " entries in a dictionary");
            }
            String entry = parser.currentToken() == JsonToken.START_OBJECT ? idOf(parser) : scalar(parser);
            characters += entry.length();
            if (characters > MAX_DICTIONARIES_CHARACTERS) {
                throw call.failure(Reason.TOO_LARGE, "has dictionaries that are too long");
            }
            entries.add(entry);
        }
        return entries;
    }

    private static String idOf(JsonParser entry) throws IOException {
        String id = null;
        String key = "";
        while (entry.nextToken() == JsonToken.FIELD_NAME) {
            String name = entry.currentName();
            entry.nextToken();
            switch (name) {
                case "id" -> id = scalar(entry);
                case "key" -> key = scalar(entry);
                default -> entry.skipChildren();
            }
        }
        return id == null ? key : id;
    }

    private static String scalar(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
            return parser.getText();
        }
        parser.skipChildren();
        return "";
    }

    private int ids(JsonParser parser) throws IOException {
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue() || parser.getText().length() > MAX_ID_CHARACTERS) {
                throw call.failure(Reason.UNREADABLE, "has an item that is no id");
            }
            length++;
        }
        return length;
    }

    private int rows(JsonParser parser) throws IOException {
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long start = parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            tooLong.set(length++, parser.currentLocation().getCharOffset() - start > MAX_ROW_CHARACTERS);
        }
        return length;
    }

    private JsonParser at(String field) throws IOException {
        JsonParser parser = json.createParser(Utf8.reader(answer.get()));
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(field) && parser.nextToken() == JsonToken.START_ARRAY;
            if (found) {
                return parser;
            }
            if (parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            parser.skipChildren();
        }
        throw call.failure(Reason.INCOMPLETE, "has no " + field);
    }

    /** The back office's word for the kind of rows. */
    public String object() {
        return object;
    }

    /** Ids by the dictionary's name: rows point into them by index. */
    public Map<String, List<String>> dictionaries() {
        return dictionaries;
    }

    /**
     * @return the next row; empty at the end
     * @throws BackOfficeFailure when the answer cannot be read any further
     */
    public Optional<Row> next() {
        try {
            if (items.nextToken() == JsonToken.END_ARRAY) {
                return Optional.empty();
            }
            details.nextToken();
            return Optional.of(new Row(scalar(items), detail()));
        } catch (SpoolFile.NoRoom e) {
            throw BackOfficeFailure.of(e);
        } catch (IOException e) {
            throw new BackOfficeFailure(Reason.INCOMPLETE, "the back office's answer cannot be read to its end", e);
        }
    }

    private JsonNode detail() throws IOException {
        if (tooLong.get(place++)) {
            details.skipChildren();
            return null;
        }
        return json.readTree(details);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
