package uz.ksb.pos.platform.problem;

/** Texts from outside, before anything is done with them. */
public final class Text {
    private Text() {}

    /**
     * A text that can be stored and sent on: PostgreSQL keeps no NUL, UTF-8 has no form for half a surrogate pair.
     *
     * @param longest in UTF-16 units
     * @param given null passes
     * @throws Problem 400 naming {@code field}
     */
    public static String atMost(int longest, String given, String field) {
        if (given != null && given.length() > longest) {
            throw Problem.invalid(field, "is too long");
        }
        if (given != null && !isWhole(given)) {
            throw Problem.invalid(field, "has a character that cannot be stored");
        }
        return given;
    }

    /** Whether it has neither a NUL nor half a surrogate pair. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
