package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * A line of a sale with its sums, as it is stored and shown.
 *
 * @param sum price x quantity
 * @param discount its share of the sale's discount
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Line(
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
        BigDecimal sum,
        BigDecimal discount) {

    public BigDecimal net() {
        return sum.subtract(discount);
    }
}
