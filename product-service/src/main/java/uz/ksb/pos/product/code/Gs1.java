package uz.ksb.pos.product.code;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a GS1 code that count here; all null when it has no GTIN. Source: GS1 General Specifications, application
 * identifiers.
 *
 * @param gtin AI 01, 14 digits
 * @param weight AI 310n, kilograms
 * @param serial AI 21
 */
record Gs1(String gtin, BigDecimal weight, String serial) {
    static final String SEPARATOR = "\u001d";

    /** The readers' marks of GS1-128, DataMatrix, DataBar and QR. */
    static final Set<String> MARKS = Set.of("]C1", "]d2", "]e0", "]Q3");

    private static final Gs1 NONE = new Gs1(null, null, null);
    private static final Pattern GTIN = Pattern.compile("01([0-9]{14})");
    private static final Pattern MEASURE = Pattern.compile("3[1-6][0-9]([0-9])([0-9]{6})");
    private static final String NET_WEIGHT = "310";
    private static final int MAX_DECIMALS = 5;
    private static final String SERIAL = "21";

    /** The lengths of fields that no separator ends. */
    private static final Map<String, Integer> FIXED =
            Map.of("00", 18, "02", 14, "11", 6, "12", 6, "13", 6, "15", 6, "16", 6, "17", 6, "20", 2);

    /** @param marked whether the reader says that it is one; otherwise it has to begin with a GTIN */
    static Gs1 of(String text, boolean marked) {
        if (!marked && !GTIN.matcher(text).lookingAt()) {
            return NONE;
        }
        String gtin = null;
        BigDecimal weight = null;
        String serial = null;
        for (int place = 0; place < text.length(); ) {
            String rest = text.substring(place);
            Matcher number = GTIN.matcher(rest);
            Matcher measure = MEASURE.matcher(rest);
            Integer fixed = rest.length() < 2 ? null : FIXED.get(rest.substring(0, 2));
            int end = rest.indexOf(SEPARATOR) < 0 ? rest.length() : rest.indexOf(SEPARATOR);
            if (number.lookingAt()) {
                gtin = gtin == null ? number.group(1) : gtin;
                place += number.end();
            } else if (measure.lookingAt()) {
                weight = weight == null ? weight(rest, measure) : weight;
                place += measure.end();
            } else if (fixed != null) {
                place += 2 + fixed;
            } else {
                serial = serial == null && rest.startsWith(SERIAL) ? rest.substring(2, end) : serial;
                place += Math.max(end, 1);
            }
        }
        return gtin == null ? NONE : new Gs1(gtin, weight, serial);
    }

    private static BigDecimal weight(String rest, Matcher measure) {
        int decimals = Integer.parseInt(measure.group(1));
        return rest.startsWith(NET_WEIGHT) && decimals <= MAX_DECIMALS
                ? new BigDecimal(measure.group(2)).movePointLeft(decimals)
                : null;
    }
}
