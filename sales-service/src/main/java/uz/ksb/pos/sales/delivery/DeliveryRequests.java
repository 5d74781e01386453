package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** "Send all now": what waits is not held back any longer, neither by its own pauses nor by the enterprise's breaker. */
@ApplicationScoped
public class DeliveryRequests {
    private final DeliveryLeases leases;

    DeliveryRequests(DeliveryLeases leases) {
        this.leases = leases;
    }

    /**
     * Works in the transaction of {@code connection}; the sending follows within a second of its commit.
     *
     * @return how many sales wait
     */
    public Uni<Integer> sendAll(SqlConnection connection, String ksbId) {
        return leases.tryNow(connection, ksbId)
                .chain(() -> connection.preparedQuery("""
                                update sales set next_attempt_at = null
                                where ksb_id = $1 and delivery_status = 'NOT_DELIVERED' and next_attempt_at is not null""").execute(Tuple.of(ksbId)))
                .chain(() -> connection
                        .preparedQuery(
                                "select count(*) from sales where ksb_id = $1 and delivery_status = 'NOT_DELIVERED'")
                        .execute(Tuple.of(ksbId)))
                .map(rows -> rows.iterator().next().getLong(0).intValue());
    }
}
