package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.problem.Problem;

/**
 * The elements of a JSON array as text, also when one of them is broken: a broken one ends where its brackets do, or else
 * where the next one that looks like a sale begins.
 */
final class ArraySplitter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NEXT_SALE = Pattern.compile(",\\s*(?=\\{\\s*\"id\"\\s*:)");
    private static final Pattern ELEMENT_FOLLOWS = Pattern.compile("\\s*(,\\s*[\\[{\"]|]\\s*$)");

    private final String text;
    private final List<String> elements = new ArrayList<>();
    private int at;

    private ArraySplitter(String text) {
        this.text = text;
    }

    /** @throws Problem 400 when it is no array at all */
    static List<String> split(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        ArraySplitter splitter = new ArraySplitter(text);
        splitter.skipSpace();
        if (splitter.at >= text.length() || text.charAt(splitter.at) != '[') {
            throw Problem.invalid("body", "is not a JSON array");
        }
        splitter.at++;
        splitter.run();
        return splitter.elements;
    }

    private void run() {
        skipSpace();
        while (at < text.length() && text.charAt(at) != ']') {
            int end = end();
            elements.add(text.substring(at, end).strip());
            at = end;
            skipSpace();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                skipSpace();
            }
        }
    }

    private int end() {
        if (text.charAt(at) != '{' && text.charAt(at) != '[') {
            int comma = text.indexOf(',', at);
            return comma > at ? comma : last();
        }
        int sound = soundEnd();
        if (sound > 0) {
            return sound;
        }
        int brackets = bracketEnd();
        if (brackets > 0
                && ELEMENT_FOLLOWS.matcher(text).region(brackets, text.length()).lookingAt()) {
            return brackets;
        }
        Matcher next = NEXT_SALE.matcher(text);
        if (next.find(at + 1)) {
            return next.start();
        }
        return last();
    }

    private int last() {
        int last = text.lastIndexOf(']');
        return last > at ? last : text.length();
    }

    /** Where valid JSON that begins here ends, if it does; otherwise -1. */
    private int soundEnd() {
        StringReader rest = new StringReader(text);
        try (JsonParser parser = JSON.createParser(rest)) {
            long skipped = rest.skip(at);
            assert skipped == at;
            JsonToken first = parser.nextToken();
            if (first == null || first.isScalarValue()) {
                return -1;
            }
            parser.skipChildren();
            return at + (int) parser.currentLocation().getCharOffset();
        } catch (IOException broken) {
            return -1;
        }
    }

    /** Where the bracket that opens here is closed; a wrong closing one closes what it can. Otherwise -1. */
    private int bracketEnd() {
        StringBuilder open = new StringBuilder();
        boolean quoted = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"' || c == '\n') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                open.append(c);
            } else if (c == '}' || c == ']') {
                int matching = open.lastIndexOf(c == '}' ? "{" : "[");
                open.setLength(Math.max(matching, 0));
                if (open.isEmpty()) {
                    return matching < 0 ? -1 : i + 1;
                }
            }
        }
        return -1;
    }

    private void skipSpace() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF')) {
            at++;
        }
    }
}
