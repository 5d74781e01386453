package uz.ksb.pos.product.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import uz.ksb.pos.platform.text.StorableText;

/** Reads the fields of one row of the source, saying exactly what is wrong with which. */
public final class RowFields {
    /** JavaScript holds no larger integer exactly. */
    public static final long MAX_INTEGER = 9_007_199_254_740_991L;

    private static final int MAX_NUMBER = 40;
    private static final int INTEGER_DIGITS = 12;

    private final JsonNode row;
    private final String path;

    private RowFields(JsonNode row, String path) {
        this.row = row;
        this.path = path;
    }

    /**
     * @param known all fields that the row may have
     * @throws RowRejected when it is not an object or has other fields
     */
    public static RowFields of(JsonNode row, Set<String> known) {
        return of(row, "", known);
    }

    private static RowFields of(JsonNode row, String path, Set<String> known) {
        if (row == null || !row.isObject()) {
            throw new RowRejected((path.isEmpty() ? "the row" : path) + " is not a JSON object");
        }
        RowFields fields = new RowFields(row, path.isEmpty() ? "" : path + ".");
        row.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw fields.rejected(abbreviated(name), "is not a known field");
            }
        });
        return fields;
    }

    /** The id of a row that is rejected, to name it; null when it has no readable one. */
    public static String idOf(JsonNode row) {
        JsonNode id = row == null ? null : row.get("id");
        return id != null && id.isTextual() && StorableText.isWhole(id.textValue())
                ? abbreviated(id.textValue())
                : null;
    }

    /** Text that is not blank, without the space around it. */
    public String text(String field, int longest) {
        String value = optionalText(field, longest);
        if (value == null) {
            throw rejected(field, "is missing or blank");
        }
        return value;
    }

    /** Like {@link #text}; null when absent or blank. */
    public String optionalText(String field, int longest) {
        return isAbsent(field) ? null : checkedText(field, row.get(field), longest);
    }

    /** A whole number from 0 to {@value #MAX_INTEGER}. */
    public long version(String field) {
        JsonNode value = row.get(field);
        if (value == null
                || !value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > MAX_INTEGER) {
            throw rejected(field, "is not a whole number from 0 to " + MAX_INTEGER);
        }
        return value.longValue();
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(optionalFlag(field));
    }

    /** Null when absent. */
    public Boolean optionalFlag(String field) {
        if (isAbsent(field)) {
            return null;
        }
        if (!row.get(field).isBoolean()) {
            throw rejected(field, "is neither true nor false");
        }
        return row.get(field).booleanValue();
    }

    /** A decimal, as text, exactly as it stands. */
    public BigDecimal decimal(String field, int decimals) {
        BigDecimal value = optionalDecimal(field, decimals);
        if (value == null) {
            throw rejected(field, "is missing");
        }
        return value;
    }

    public BigDecimal optionalDecimal(String field, int decimals) {
        if (isAbsent(field)) {
            return null;
        }
        BigDecimal value = number(field).stripTrailingZeros();
        if (value.scale() > decimals) {
            throw rejected(field, "has more than " + decimals + " decimals");
        }
        if (value.precision() - value.scale() > INTEGER_DIGITS) {
            throw rejected(field, "is too large");
        }
        return value.setScale(Math.max(value.scale(), 0));
    }

    /** Like {@link #decimal}, and not below 0. */
    public BigDecimal amount(String field, int decimals) {
        return notNegative(field, decimal(field, decimals));
    }

    public BigDecimal optionalAmount(String field, int decimals) {
        return notNegative(field, optionalDecimal(field, decimals));
    }

    /** The texts of an array; empty when absent. */
    public List<String> texts(String field, int most, int longest) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : array(field, most)) {
            values.add(checkedText(field + "[" + values.size() + "]", value, longest));
        }
        return values;
    }

    /** The objects of an array; empty when absent. */
    public <T> List<T> objects(String field, int most, Set<String> known, Function<RowFields, T> reading) {
        List<T> values = new ArrayList<>();
        for (JsonNode value : array(field, most)) {
            values.add(reading.apply(of(value, path + field + "[" + values.size() + "]", known)));
        }
        return values;
    }

    public RowRejected rejected(String field, String reason) {
        return new RowRejected(path + field + " " + reason);
    }

    private BigDecimal notNegative(String field, BigDecimal value) {
        if (value != null && value.signum() < 0) {
            throw rejected(field, "is negative");
        }
        return value;
    }

    private BigDecimal number(String field) {
        JsonNode value = row.get(field);
        if (!value.isTextual() || value.textValue().length() > MAX_NUMBER || !isDecimal(value.textValue())) {
            throw rejected(field, "is not a decimal as text");
        }
        return new BigDecimal(value.textValue());
    }

    /** Digits, with a minus before and a point between them at most. */
    private static boolean isDecimal(String text) {
        int digits = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        return point < 0
                ? areDigits(text, digits, text.length())
                : areDigits(text, digits, point) && areDigits(text, point + 1, text.length());
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    private JsonNode array(String field, int most) {
        if (isAbsent(field)) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }
        JsonNode values = row.get(field);
        if (!values.isArray()) {
            throw rejected(field, "is not an array");
        }
        if (values.size() > most) {
            throw rejected(field, "has more than " + most + " entries");
        }
        return values;
    }

    private String checkedText(String field, JsonNode value, int longest) {
        if (!value.isTextual()) {
            throw rejected(field, "is not text");
        }
        String fault = StorableText.fault(value.textValue(), longest);
        if (fault != null) {
            throw rejected(field, fault);
        }
        return StorableText.stored(value.textValue());
    }

    private boolean isAbsent(String field) {
        JsonNode value = row.get(field);
        return value == null
                || value.isNull()
                || value.isTextual() && value.textValue().isBlank();
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 99) + "…";
    }
}
