package uz.ksb.pos.platform.text;

import java.text.Normalizer;
import java.util.Locale;

/** When two logins are the same: Unicode's NFKC case folding, without characters that cannot be seen. */
public final class LoginName {
    private LoginName() {}

    /**
     * The form by which logins are compared, made unique and looked up: "KASSIR", "ｋａｓｓｉｒ" and "kas\u200Bsir" have one.
     *
     * @param login of bounded length
     * @return empty when nothing of it can be seen
     */
    public static String comparable(String login) {
        String before;
        String folded = login;
        do {
            before = folded;
            folded = Normalizer.normalize(folded(without(folded)), Normalizer.Form.NFKC);
        } while (!folded.equals(before));
        return folded.strip().replaceAll("\\s+", " ");
    }

    private static String without(String text) {
        return text.codePoints()
                .filter(character -> !Invisible.isIgnorable(character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Each character by itself: the lower case of a whole word makes another sigma at its end. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints()
                .forEach(character -> folded.append(
                        Character.toString(character).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)));
        return folded.toString();
    }
}
