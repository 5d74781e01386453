package uz.ksb.pos.sales.customer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * What moved a customer's balance.
 *
 * @param id of the sale or of the payment
 * @param amount positive: in the customer's favour
 * @param paymentKind how a debt was paid back; null for sales
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Movement(
        @JsonIgnore String ksbId,
        UUID id,
        UUID customerId,
        Kind kind,
        String currency,
        BigDecimal amount,
        String paymentKind,
        String login,
        Instant at) {

    /** Where a movement comes from. */
    public enum Kind {
        SALE,
        RETURN,
        PAYMENT
    }
}
