package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Paid;

/**
 * A part of what a finished sale was paid with; its rate is frozen.
 *
 * @param method of a CARD payment, for example {@code humo} or {@code qr}
 * @param reference of a CARD payment: the RRN or the payment's id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payment(
        Means kind,
        BigDecimal amount,
        String currency,
        BigDecimal rate,
        LocalDate rateDate,
        String cashDesk,
        String method,
        String reference) {

    public static Payment of(Means kind, BigDecimal amount, String currency, BigDecimal rate) {
        return new Payment(kind, amount, currency, rate, null, null, null, null);
    }

    public Paid paid() {
        return new Paid(kind, amount, rate);
    }

    public boolean is(Means means) {
        return kind == means;
    }
}
