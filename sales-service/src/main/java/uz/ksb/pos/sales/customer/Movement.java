package uz.ksb.pos.sales.customer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A movement of a customer's balance. Its identity is its kind and its id.
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

    /** The source of a movement. */
    public enum Kind {
        SALE,
        RETURN,
        PAYMENT
    }

    Movement at(Instant time) {
        return new Movement(ksbId, id, customerId, kind, currency, amount, paymentKind, login, time);
    }

    /** Whether both move the same; the login may differ. */
    boolean hasContentOf(Movement other) {
        return customerId.equals(other.customerId)
                && kind == other.kind
                && currency.equals(other.currency)
                && amount.compareTo(other.amount) == 0
                && Objects.equals(paymentKind, other.paymentKind)
                && at.equals(other.at);
    }
}
