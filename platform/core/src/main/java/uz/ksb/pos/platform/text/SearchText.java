package uz.ksb.pos.platform.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The one form of text that every search compares: what is stored and what a person types are both brought to it, here and in the
 * client, by the same table ({@code search-letters.json}) and the same golden vectors ({@code text-vectors.json}).
 *
 * <p>In this order: invisible characters and apostrophes go, NFKC, lower case, Cyrillic to Latin by the table, accents go,
 * {@code yo} and {@code ye} become {@code e}, spaces become one. The form of a form is itself.
 */
public final class SearchText {
    /** More words of one search are not looked at. */
    public static final int MAX_WORDS = 8;

    private static final Letters LETTERS = Letters.read();
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern IOTATED = Pattern.compile("y+[oe]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private SearchText() {}

    private record Letters(String apostrophes, Map<String, String> letters) {
        static Letters read() {
            try (InputStream table = SearchText.class.getResourceAsStream("search-letters.json")) {
                return new ObjectMapper().readValue(table, Letters.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The form of a stored text. Texts that are searched together are joined by a space.
     *
     * @param text each part of bounded length (composing costs the square of a run of combining marks)
     */
    public static String of(String text) {
        // Twice, because NFKC makes a space and an accent of an acute accent that stands alone, and an apostrophe of
        // other signs.
        String lower = Normalizer.normalize(withoutApostrophes(text), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
        String latin = latin(Normalizer.normalize(withoutApostrophes(lower), Normalizer.Form.NFKC));
        String plain =
                MARKS.matcher(Normalizer.normalize(latin, Normalizer.Form.NFD)).replaceAll("");
        String joined = IOTATED.matcher(latin(plain)).replaceAll("e");
        return SPACES.matcher(joined).replaceAll(" ").strip();
    }

    /**
     * The words of a search, in their form, the first {@value #MAX_WORDS}; none when nothing of it can be found.
     *
     * <p>A {@code y} at the end of the last word goes: the next letter may turn it into another one ("sary", "saryo").
     */
    public static List<String> words(String search) {
        String form = of(search);
        if (form.length() > 1 && form.endsWith("y") && form.charAt(form.length() - 2) != ' ') {
            form = form.substring(0, form.length() - 1);
        }
        return form.isEmpty()
                ? List.of()
                : Arrays.stream(form.split(" ")).limit(MAX_WORDS).toList();
    }

    /** A text for {@code like}, with {@code \} as the escape: nothing in it is a wildcard. */
    public static String escapedForLike(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String withoutApostrophes(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        text.codePoints()
                .filter(character -> !Invisible.isIgnorable(character) && LETTERS.apostrophes.indexOf(character) < 0)
                .forEach(rest::appendCodePoint);
        return rest.toString();
    }

    private static String latin(String text) {
        StringBuilder latin = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            latin.append(LETTERS.letters.getOrDefault(letter, letter));
        }
        return latin.toString();
    }
}
