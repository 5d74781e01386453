package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.sales.customer.CustomerView;
import uz.ksb.pos.sales.sale.domain.CompletedSale;

/** An enterprise's ERP, as the delivery sees it. Another ERP is another implementation. */
interface BackOffice {
    /** Its answer to one sale. */
    sealed interface Answer {
        /** @param posted false: accepted, but not yet processed there */
        record Accepted(boolean posted) implements Answer {}

        /** Will be refused again: a person has to look. */
        record Refused(String reason) implements Answer {}
    }

    /** Whether any enterprise has one. */
    boolean isConfigured();

    /** Whether there is an address to send this enterprise's sales to. */
    boolean isConfigured(String ksbId);

    /** The enterprises that have one; empty: all. */
    Optional<Set<String>> enterprises();

    /** Whether this enterprise's returns can be sent; otherwise they are entered there by hand. */
    boolean takesReturns(String ksbId);

    /** Asks for the till of {@code next}, the sale to be sent then, whether it is there at all; fails when it is not. */
    Uni<Void> ping(CompletedSale next);

    /**
     * Asks which of these documents of one enterprise it has. Not every back office can tell.
     *
     * @param documents at most {@link #MAX_CHECKED}
     * @return those that are there; empty: it cannot be asked; fails when it does not answer
     */
    Uni<Optional<List<Present>>> present(String ksbId, Collection<UUID> documents);

    /** The most documents that are asked for at once. */
    int MAX_CHECKED = 500;

    /**
     * A document that is there.
     *
     * @param sum what its goods cost less the discount, in the sale's currency, negative for a return; null: not told
     */
    record Present(UUID document, BigDecimal sum) {}

    /**
     * Sends sales of one enterprise and one till; sending one again is harmless.
     *
     * @param newCustomers those customers of the sales that were made at a till
     * @return an answer for each sale that was answered; fails when there was no readable answer at all
     */
    Uni<Map<UUID, Answer>> send(List<CompletedSale> sales, List<CustomerView> newCustomers);
}
