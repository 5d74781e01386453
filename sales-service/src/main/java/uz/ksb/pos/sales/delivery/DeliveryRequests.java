package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.sales.sale.store.UndeliveredSales;

/** "Send all now": neither the pauses of the sales nor the enterprise's breaker hold them back any longer. */
@ApplicationScoped
public class DeliveryRequests {
    private final DeliveryLeases leases;
    private final UndeliveredSales undelivered;

    DeliveryRequests(DeliveryLeases leases, UndeliveredSales undelivered) {
        this.leases = leases;
        this.undelivered = undelivered;
    }

    /**
     * Works in the transaction of {@code connection}; the sending follows within a second of its commit.
     *
     * @return how many sales are undelivered
     */
    public Uni<Integer> sendAll(SqlConnection connection, String ksbId) {
        return leases.tryNow(connection, ksbId).chain(() -> undelivered.attemptAllNow(connection, ksbId));
    }
}
