package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
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

    /** A broken element is looked through no further: beyond it is too large anyway. */
    private static final int MAX_LOOKAHEAD = 2 * BatchElement.MAX_CHARACTERS;

    private final String text;
    private final int most;
    private final List<Span> spans = new ArrayList<>();
    private int at;

    private record Span(int from, int to) {}

    /** Texts are made when they are asked for: all at once, they are as much as the whole again. */
    private static final class Elements extends AbstractList<String> {
        private final String text;
        private final List<Span> spans;

        Elements(String text, List<Span> spans) {
            this.text = text;
            this.spans = spans;
        }

        @Override
        public String get(int place) {
            Span span = spans.get(place);
            return text.substring(span.from, span.to).strip();
        }

        @Override
        public int size() {
            return spans.size();
        }
    }

    private ArraySplitter(String text, int most) {
        this.text = text;
        this.most = most;
    }

    /**
     * @param most elements; one more is found, no further ones
     * @throws Problem 400 when it is no array at all
     */
    static List<String> split(byte[] body, int most) {
        String text = new String(body, StandardCharsets.UTF_8);
        ArraySplitter splitter = new ArraySplitter(text.stripTrailing(), most);
        splitter.skipSpace();
        if (splitter.at >= splitter.text.length() || text.charAt(splitter.at) != '[') {
            throw Problem.invalid("body", "is not a JSON array");
        }
        splitter.at++;
        splitter.run();
        if (splitter.spans.isEmpty() && !splitter.text.endsWith("]")) {
            throw Problem.invalid("body", "ends before its array does");
        }
        return new Elements(splitter.text, splitter.spans);
    }

    private void run() {
        skipSpace();
        while (at < text.length() && !isClosed() && spans.size() <= most) {
            if (text.charAt(at) == ',') {
                at++;
            } else {
                int end = end();
                spans.add(new Span(at, end));
                at = end;
            }
            skipSpace();
        }
    }

    /** A bracket in the middle closes nothing: more follows, which is not to be lost. */
    private boolean isClosed() {
        return text.charAt(at) == ']' && at == text.length() - 1;
    }

    private int end() {
        if (text.charAt(at) == '"') {
            return quotedEnd();
        }
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
        return beforeTheNextSale();
    }

    private int beforeTheNextSale() {
        Matcher next = NEXT_SALE.matcher(text);
        return next.find(at + 1) ? next.start() : last();
    }

    /** All that is left, but for the array's own bracket. */
    private int last() {
        int last = text.length() - 1;
        return text.charAt(last) == ']' && last > at ? last : text.length();
    }

    private int quotedEnd() {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return beforeTheNextSale();
    }

    /** The end of valid JSON that begins here; -1 when there is none. */
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

    /** The place where the bracket that opens here is closed, also by a wrong closing one; -1 when there is none. */
    private int bracketEnd() {
        StringBuilder open = new StringBuilder();
        boolean quoted = false;
        int until = Math.min(text.length(), at + MAX_LOOKAHEAD);
        for (int i = at; i < until; i++) {
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
