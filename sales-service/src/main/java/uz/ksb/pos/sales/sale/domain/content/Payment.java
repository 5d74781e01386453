package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Paid;

/** How a part of a finished sale was paid; its rate is frozen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payment(
        Means kind, BigDecimal amount, String currency, BigDecimal rate, LocalDate rateDate, String cashDesk) {

    public Paid paid() {
        return new Paid(kind, amount, rate);
    }
}
