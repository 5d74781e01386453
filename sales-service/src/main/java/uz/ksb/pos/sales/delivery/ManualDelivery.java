package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Steps of the delivery that people take: send now, send again, close. */
@ApplicationScoped
class ManualDelivery {
    private static final int MAX_REASON_LENGTH = 1_000;

    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final DeliveryLeases leases;
    private final DeliveryRequests requests;
    private final Pool pool;
    private final Clock clock;

    ManualDelivery(
            SaleRepository sales,
            SaleTransaction recording,
            DeliveryLeases leases,
            DeliveryRequests requests,
            Pool pool,
            Clock clock) {
        this.sales = sales;
        this.recording = recording;
        this.leases = leases;
        this.requests = requests;
        this.pool = pool;
        this.clock = clock;
    }

    /** @param waiting sales not delivered yet, all of which are tried now */
    record SendingAll(int waiting) {}

    record Closure(String reason) {}

    Uni<SendingAll> sendAll(String ksbId) {
        return recording
                .inTransaction(ksbId, connection -> requests.sendAll(connection, ksbId))
                .map(SendingAll::new);
    }

    Uni<SaleView> send(String ksbId, UUID id) {
        return leases.tryNow(pool, ksbId).chain(() -> step(ksbId, id, CompletedSale::sendAgain));
    }

    /** Sends a sale again that was delivered, because the back office does not have it any more. */
    Uni<SaleView> repeat(String ksbId, UUID id) {
        return leases.tryNow(pool, ksbId).chain(() -> step(ksbId, id, CompletedSale::lost));
    }

    Uni<SaleView> close(String ksbId, UUID id, Closure closure) {
        String reason = StorableText.required(closure == null ? null : closure.reason(), MAX_REASON_LENGTH, "reason");
        return step(ksbId, id, stored -> stored.closed(reason, clock.instant()));
    }

    private Uni<SaleView> step(String ksbId, UUID id, DeliveryStep.Decision decision) {
        return recording
                .inTransaction(
                        ksbId, connection -> DeliveryStep.take(connection, sales, recording, ksbId, id, decision))
                .map(CompletedSale::view);
    }
}
