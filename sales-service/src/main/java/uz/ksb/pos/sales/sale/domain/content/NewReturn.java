package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Goods come back by a receipt. Sums and rounding are the receipt's.
 *
 * @param completedAt absent: now
 * @param approvedBy ignored: who approved stands in the approval
 * @param approval the token of the manager's approval of this return, by its id; absent: none
 * @param payments absent: first the debt of the receipt is lowered, the rest goes out in cash
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NewReturn(
        UUID id,
        OffsetDateTime completedAt,
        Long deviceSequence,
        List<ReturnedLine> lines,
        List<NewSale.NewPayment> payments,
        String comment,
        Fiscal fiscal,
        String approvedBy,
        String approval) {

    /** @param lineId of the receipt */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ReturnedLine(String lineId, BigDecimal quantity, List<String> marks) {}

    /** @throws Problem 400 when a field is missing or malformed, 413 when it has too many lines */
    public void check() {
        Fields.require(id != null, "id", "is missing");
        Fields.require(lines != null && !lines.isEmpty(), "lines", "is missing");
        if (lines.size() > SaleContent.MAX_LINES) {
            throw Problem.tooLarge("A sale has at most " + SaleContent.MAX_LINES + " lines.");
        }
        for (int i = 0; i < lines.size(); i++) {
            ReturnedLine line = lines.get(i);
            String field = "lines[" + i + "]";
            Fields.require(line != null && line.lineId() != null, field + ".lineId", "is missing");
            Fields.require(line.quantity() != null, field + ".quantity", "is missing");
            BigDecimal quantity = Fields.plain(line.quantity(), 0, field + ".quantity");
            Fields.require(
                    quantity.signum() > 0 && quantity.scale() <= 3,
                    field + ".quantity",
                    "must be more than zero, with at most 3 decimals");
            Fields.requireMarks(line.marks(), field + ".marks");
        }
    }
}
