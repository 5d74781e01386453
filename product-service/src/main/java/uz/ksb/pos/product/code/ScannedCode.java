package uz.ksb.pos.product.code;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The meaning of a scanned code.
 *
 * @param candidates the codes to look up, in this order: readers and catalogues disagree about leading zeros (UPC-A has 12 digits,
 *     the same in EAN-13 13, in a GTIN 14)
 * @param weighed what a label of the scales tells; it counts when no candidate is found
 * @param quantity of a GS1 code's net weight (AI 310n), kilograms with up to 3 decimals; null: none
 * @param serial of a GS1 code (AI 21); null: none
 * @param wrongCheckDigit whether the last digit does not check the others: such a code is looked up all the same
 */
public record ScannedCode(
        List<String> candidates, Optional<Weighed> weighed, String quantity, String serial, boolean wrongCheckDigit) {
    /** Where an enterprise says nothing: article and grams after 20 to 29. */
    public static final List<String> DEFAULT_PATTERNS = List.of("2PIIIIIWWWWWC");

    private static final Pattern READERS_MARK = Pattern.compile("^\\][A-Za-z][0-9A-Za-z]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{6,14}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final List<Integer> LENGTHS = List.of(8, 12, 13, 14);
    private static final int KILOGRAM_DECIMALS = 3;

    /**
     * A label of the scales.
     *
     * @param article without leading zeros
     * @param quantity kilograms, up to 3 decimals
     */
    public record Weighed(String article, String quantity) {}

    /**
     * @param code as the reader gave it
     * @param patterns of 13 signs: I = article, W = grams, C = check digit, P = any digit, a digit = itself; the first that fits counts
     */
    public static ScannedCode of(String code, List<String> patterns) {
        String mark = READERS_MARK.matcher(code).find() ? code.substring(0, 3) : "";
        String bare = code.substring(mark.length());
        boolean separated = bare.startsWith(Gs1.SEPARATOR);
        String text = separated ? bare.substring(1) : bare;
        Gs1 gs1 = Gs1.of(text, separated || Gs1.MARKS.contains(mark));
        String number = gs1.gtin() == null ? text : gs1.gtin();
        return new ScannedCode(
                candidates(gs1.gtin(), text),
                patterns.stream()
                        .flatMap(pattern -> weighed(pattern, text).stream())
                        .findFirst(),
                gs1.weight() == null ? null : kilograms(gs1.weight()),
                gs1.serial(),
                hasWrongCheckDigit(number));
    }

    private static List<String> candidates(String gtin, String text) {
        Set<String> candidates = new LinkedHashSet<>();
        candidates.add(text);
        addNumber(candidates, gtin);
        addNumber(candidates, text);
        candidates.remove("");
        return List.copyOf(candidates);
    }

    private static void addNumber(Set<String> candidates, String number) {
        if (number == null || !NUMBER.matcher(number).matches()) {
            return;
        }
        String digits = withoutZeros(number);
        candidates.add(number);
        candidates.add(digits);
        for (int length : LENGTHS) {
            candidates.add("0".repeat(Math.max(0, length - digits.length())) + digits);
        }
    }

    private static Optional<Weighed> weighed(String pattern, String code) {
        if (code.length() != pattern.length() || !DIGITS.matcher(code).matches()) {
            return Optional.empty();
        }
        StringBuilder article = new StringBuilder();
        StringBuilder grams = new StringBuilder();
        for (int place = 0; place < code.length(); place++) {
            char sign = pattern.charAt(place);
            char digit = code.charAt(place);
            if (sign == 'I') {
                article.append(digit);
            } else if (sign == 'W') {
                grams.append(digit);
            } else if (sign >= '0' && sign <= '9' && sign != digit) {
                return Optional.empty();
            }
        }
        String quantity = grams.isEmpty() ? null : kilograms(new BigDecimal(grams.toString()).movePointLeft(3));
        String bare = withoutZeros(article.toString());
        return Optional.ofNullable(quantity).map(weight -> new Weighed(bare.isEmpty() ? "0" : bare, weight));
    }

    /** Null for nothing. */
    private static String kilograms(BigDecimal weight) {
        BigDecimal rounded =
                weight.setScale(KILOGRAM_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.signum() == 0 ? null : rounded.toPlainString();
    }

    private static String withoutZeros(String digits) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

    private static boolean hasWrongCheckDigit(String number) {
        if (!NUMBER.matcher(number).matches() || !LENGTHS.contains(number.length())) {
            return false;
        }
        int sum = 0;
        for (int place = 0; place < number.length() - 1; place++) {
            int weight = (number.length() - place) % 2 == 0 ? 3 : 1;
            sum += (number.charAt(place) - '0') * weight;
        }
        return (10 - sum % 10) % 10 != number.charAt(number.length() - 1) - '0';
    }
}
