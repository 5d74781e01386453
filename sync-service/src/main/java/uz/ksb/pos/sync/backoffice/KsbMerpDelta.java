package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A delta of KSB-MERP, {@code {status, object, item: [ids], detail: [rows, same order], dictionaries}}, with its fields in any
 * order: one pass over the answer checks it and keeps its dictionaries, two readers then go through ids and rows side by side.
 */
final class KsbMerpDelta implements Delta {
    private static final List<String> DICTIONARIES = List.of("symbol", "currency", "warehouse", "price_type");
    private static final int MAX_ENTRIES = 100_000;
    /** A larger row would not fit into an event. */
    private static final int MAX_ROW_CHARACTERS = 100_000;

    private final ObjectMapper json;
    private final Supplier<InputStream> answer;
    private final Runnable onClose;
    private final RowMapping rows;
    private final Map<String, List<String>> dictionaries = new HashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private JsonParser items;
    private JsonParser details;
    private String object;

    /** Makes a row of ours out of one of the ERP's. */
    @FunctionalInterface
    interface RowMapping {
        /** @throws IllegalArgumentException with the reason when that is not possible */
        JsonNode map(String id, JsonNode detail, Map<String, List<String>> dictionaries);
    }

    /**
     * @param answer gives the answer's bytes from the beginning, three times
     * @throws BackOfficeFailure when the answer is not whole or not what was asked for
     */
    KsbMerpDelta(ObjectMapper json, String method, Supplier<InputStream> answer, RowMapping rows, Runnable onClose) {
        this.json = json;
        this.answer = answer;
        this.rows = rows;
        this.onClose = onClose;
        this.object = method;
        try {
            check(method);
            items = at("item");
            details = at("detail");
        } catch (IOException | BackOfficeFailure e) {
            close();
            throw e instanceof BackOfficeFailure known
                    ? known
                    : new BackOfficeFailure("the back office's answer to " + method + " is not JSON", e);
        }
    }

    private void check(String method) throws IOException {
        try (JsonParser parser = json.createParser(answer.get())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BackOfficeFailure("the back office's answer to " + method + " is not what was asked for");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(method, parser.currentName(), parser);
            }
            if (parser.nextToken() != null) {
                throw new BackOfficeFailure("the back office's answer to " + method + " is not JSON");
            }
        }
        if (!lengths.containsKey("item") || !lengths.get("item").equals(lengths.get("detail"))) {
            throw new BackOfficeFailure("the answer to " + method + " is not complete");
        }
    }

    private void field(String method, String name, JsonParser parser) throws IOException {
        JsonToken start = parser.nextToken();
        if (name.equals("status") && "error".equals(parser.getText())) {
            throw new BackOfficeFailure("the back office answered " + method + " with an error");
        } else if (name.equals("object") && start == JsonToken.VALUE_STRING) {
            object = parser.getText();
        } else if (start != JsonToken.START_ARRAY) {
            parser.skipChildren();
        } else if (DICTIONARIES.contains(name)) {
            dictionaries.put(name, entries(parser));
        } else if (lengths.put(name, length(parser)) != null) {
            throw new BackOfficeFailure("the answer to " + method + " has " + name + " twice");
        }
    }

    private List<String> entries(JsonParser parser) throws IOException {
        List<String> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == MAX_ENTRIES) {
                throw new BackOfficeFailure("a dictionary has more than " + MAX_ENTRIES + " entries");
            }
            JsonNode entry = json.readTree(parser);
            entries.add(
                    entry.isObject() ? entry.path("id").asText(entry.path("key").asText()) : entry.asText());
        }
        return entries;
    }

    private static int length(JsonParser parser) throws IOException {
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            length++;
        }
        return length;
    }

    private JsonParser at(String field) throws IOException {
        JsonParser parser = json.createParser(answer.get());
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
        throw new BackOfficeFailure("the answer has no " + field);
    }

    @Override
    public Optional<String> object() {
        return Optional.of(object);
    }

    @Override
    public Optional<Row> next() {
        try {
            if (items.nextToken() == JsonToken.END_ARRAY) {
                return Optional.empty();
            }
            details.nextToken();
            JsonNode id = json.readTree(items);
            JsonNode detail = json.readTree(details);
            return Optional.of(row(id.asText(), detail));
        } catch (IOException e) {
            throw new BackOfficeFailure("the back office's answer cannot be read to its end", e);
        }
    }

    private Row row(String id, JsonNode detail) {
        try {
            String row = rows.map(id, detail, dictionaries).toString();
            return row.length() > MAX_ROW_CHARACTERS
                    ? new Row.Refused(id, "the row is longer than " + MAX_ROW_CHARACTERS + " characters")
                    : new Row.Offered(id, row);
        } catch (IllegalArgumentException e) {
            return new Row.Refused(id, e.getMessage());
        }
    }

    @Override
    public void close() {
        onClose.run();
    }
}
