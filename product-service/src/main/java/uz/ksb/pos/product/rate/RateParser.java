package uz.ksb.pos.product.rate;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;
import uz.ksb.pos.product.row.RowFields;
import uz.ksb.pos.product.row.RowRejected;

/** Makes a rate of a row {@code {currency, rate, at?}} of the back office. */
public final class RateParser {
    private static final Set<String> FIELDS = Set.of("id", "version", "currency", "rate", "at", "archived", "deleted");
    private static final int DECIMALS = 6;
    private static final int MAX_CURRENCY = 10;
    private static final int MAX_TIME = 40;
    private static final String BACK_OFFICE = "back-office";

    private RateParser() {}

    /**
     * @param read when it was read: since then, unless the row says otherwise
     * @throws RowRejected when it is none
     */
    public static NewRate read(JsonNode row, OffsetDateTime read) {
        RowFields fields = RowFields.of(row, FIELDS);
        BigDecimal rate = fields.amount("rate", DECIMALS);
        if (rate.signum() == 0) {
            throw fields.rejected("rate", "is zero");
        }
        return new NewRate(fields.text("currency", MAX_CURRENCY), rate, at(fields, read), BACK_OFFICE);
    }

    private static OffsetDateTime at(RowFields fields, OffsetDateTime read) {
        String at = fields.optionalText("at", MAX_TIME);
        try {
            return at == null ? read : OffsetDateTime.parse(at);
        } catch (DateTimeException e) {
            throw fields.rejected("at", "is not a time with offset");
        }
    }
}
