package uz.ksb.pos.platform.text;

/** Which characters a reader can see. */
final class Invisible {
    /** Letters and signs that are drawn as nothing: Hangul fillers, the empty Braille cell, the musical null note. */
    private static final int[] BLANK_SIGNS = {0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159};

    /** Unicode's Default_Ignorable_Code_Point, as pairs of first and last. */
    private static final int[] IGNORABLE = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
        0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF,
        0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    private Invisible() {}

    /** A letter, digit, punctuation mark or symbol that is drawn. A combining mark alone is not. */
    static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> !isBlankSign(character);
            default -> false;
        };
    }

    /** Has no width and no meaning of its own: two texts that differ by it look the same. */
    static boolean isIgnorable(int character) {
        for (int i = 0; i < IGNORABLE.length; i += 2) {
            if (character >= IGNORABLE[i] && character <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return isBlankSign(character);
    }

    private static boolean isBlankSign(int character) {
        for (int blank : BLANK_SIGNS) {
            if (character == blank) {
                return true;
            }
        }
        return false;
    }
}
