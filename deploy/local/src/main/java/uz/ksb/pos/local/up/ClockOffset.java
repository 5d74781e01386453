package uz.ksb.pos.local.up;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code +49h}, {@code -30m}, {@code 2d} or an ISO duration. */
final class ClockOffset implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("([+-]?)(\\d{1,6})([dhms])");

    @Override
    public Duration convert(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return iso(text);
        }
        Duration size = iso((matcher.group(3).equals("d") ? "P" : "PT") + matcher.group(2) + matcher.group(3));
        return matcher.group(1).equals("-") ? size.negated() : size;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is no time such as +49h, -30m or PT49H");
        }
    }
}
