package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** One step of a sale on its way, decided under its lock. */
final class DeliveryStep {
    private DeliveryStep() {}

    /** Decides what happens; null: nothing. */
    interface Decision {
        SaleEvent on(CompletedSale stored);
    }

    /** @throws Problem 404 when there is no such sale, 409 when it is not finished */
    static Uni<CompletedSale> take(
            SqlConnection connection,
            SaleRepository sales,
            SaleTransaction recording,
            String ksbId,
            UUID id,
            Decision decision) {
        return sales.lock(connection, ksbId, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This sale"))
                .map(DeliveryStep::finished)
                .chain(stored -> write(connection, recording, stored, decision.on(stored)));
    }

    private static CompletedSale finished(Sale stored) {
        if (stored instanceof CompletedSale done) {
            return done;
        }
        throw Problem.conflict("not-finished", "The sale is not finished.", stored.view());
    }

    private static Uni<CompletedSale> write(
            SqlConnection connection, SaleTransaction recording, CompletedSale stored, SaleEvent event) {
        return event == null
                ? Uni.createFrom().item(stored)
                : recording.delivery(connection, stored, event).replaceWith((CompletedSale) event.sale());
    }
}
