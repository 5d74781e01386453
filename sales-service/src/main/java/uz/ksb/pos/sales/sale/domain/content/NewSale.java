package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;

/**
 * A sale as a till sends it: open ({@code PUT}) or finished (batch). Sums, number and status are made here; whatever else a
 * till sends along, such as a whole view, is ignored.
 *
 * @param revision the one the writer saw; 0 or absent: a new sale
 * @param approvedBy only of sales made offline: the manager who let it pass at the till, as the till says
 * @param approval the token of the manager's approval of this sale; absent: none
 * @param completedAt and what follows: of finished sales only
 * @param offlineLogin whether the cashier logged in without the server
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NewSale(
        UUID id,
        Integer revision,
        SaleKind kind,
        UUID returnOf,
        UUID customerId,
        String currency,
        BigDecimal rate,
        String priceType,
        String warehouse,
        NewDiscount discount,
        BigDecimal rounding,
        String comment,
        String cashier,
        String deviceId,
        BigDecimal total,
        List<NewLine> lines,
        OffsetDateTime completedAt,
        Long deviceSequence,
        List<NewPayment> payments,
        Fiscal fiscal,
        String approvedBy,
        String approval,
        Boolean offlineLogin) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NewDiscount(BigDecimal amount, BigDecimal percent) {}

    /** @param rate of {@code baseCurrency} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NewLine(
            String lineId,
            String productId,
            String name,
            String unit,
            BigDecimal price,
            Long priceVersion,
            BigDecimal basePrice,
            String baseCurrency,
            BigDecimal rate,
            BigDecimal quantity,
            String warehouse,
            String returnOfLine,
            List<String> marks) {}

    /**
     * @param currency absent: the sale's
     * @param rate absent: the house's
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NewPayment(
            Means kind,
            BigDecimal amount,
            String currency,
            BigDecimal rate,
            LocalDate rateDate,
            String cashDesk,
            String method,
            String reference) {}
}
