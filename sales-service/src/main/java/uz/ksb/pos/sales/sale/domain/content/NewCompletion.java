package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * An open sale is paid.
 *
 * @param revision the one the till saw
 * @param total the sum the customer was told
 * @param rounding what was added or left off when rounding what is due in cash; absent: as in the sale
 * @param completedAt absent: now
 * @param approvedBy ignored: who approved stands in the approval
 * @param approval the token of the manager's approval of this sale; absent: none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NewCompletion(
        Integer revision,
        BigDecimal total,
        List<NewSale.NewPayment> payments,
        UUID customerId,
        String comment,
        BigDecimal rounding,
        OffsetDateTime completedAt,
        Long deviceSequence,
        Fiscal fiscal,
        String approvedBy,
        String approval) {}
