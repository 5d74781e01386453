package uz.ksb.pos.sales.customer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;

/** The part of customers that other features use: look one up, and move balances. */
@ApplicationScoped
public class CustomerAccounts {
    private final CustomerRepository customers;
    private final Outbox outbox;

    CustomerAccounts(CustomerRepository customers, Outbox outbox) {
        this.customers = customers;
        this.outbox = outbox;
    }

    /**
     * @param id null passes
     * @throws Problem 422 when the enterprise has no such customer
     */
    public Uni<Void> require(SqlConnection connection, String ksbId, UUID id) {
        if (id == null) {
            return Uni.createFrom().voidItem();
        }
        return customers
                .find(connection, ksbId, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.rule("rule-customer", "customerId", "is not a customer here"))
                .replaceWithVoid();
    }

    /** The ids that are no customers of the enterprise. */
    public Uni<Set<UUID>> unknown(SqlClient client, String ksbId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : customers.unknown(client, ksbId, ids.toArray(UUID[]::new));
    }

    /** The customers that were made at a till and that the back office does not know of itself. */
    public Uni<List<CustomerView>> createdAtTill(SqlClient client, String ksbId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : customers.createdAtTill(client, ksbId, ids.toArray(UUID[]::new));
    }

    /**
     * Moves balances of one enterprise in the transaction of the cause; a movement that is there already moves nothing.
     *
     * @return the customers whose balance moved, as they are now
     */
    public Uni<List<CustomerView>> move(SqlConnection connection, List<Movement> movements) {
        if (movements.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        String ksbId = movements.getFirst().ksbId();
        return customers
                .move(connection, movements)
                .call(moved -> outbox.add(
                        connection,
                        moved.stream().map(customer -> changed(ksbId, customer)).toList()));
    }

    static Event changed(String ksbId, CustomerView customer) {
        return new Event(
                Topics.CUSTOMERS, "customers.changed", ksbId, customer.id().toString(), customer);
    }
}
