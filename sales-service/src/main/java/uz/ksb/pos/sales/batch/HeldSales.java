package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Delivery.Hold;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** A manager takes or dismisses a sale that is held. */
@ApplicationScoped
class HeldSales {
    private static final String TAKEN = "taken";
    private static final String DISMISSED = "dismissed";
    private static final int MAX_REASON = 1_000;

    private final SaleRepository sales;
    private final SaleTransaction transaction;
    private final Clock clock;

    HeldSales(SaleRepository sales, SaleTransaction transaction, Clock clock) {
        this.sales = sales;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param as {@code taken} or {@code dismissed} */
    record Decision(String as, String reason) {
        private Decision checked() {
            Fields.require(TAKEN.equals(as) || DISMISSED.equals(as), "as", "is taken or dismissed");
            return new Decision(as, StorableText.required(reason, MAX_REASON, "reason"));
        }
    }

    /** The same decision once more answers as the first time. */
    Uni<SaleView> resolve(UUID id, Decision asked, Seller seller) {
        Fields.require(asked != null, "body", "is missing");
        Decision decision = asked.checked();
        return transaction.inTransaction(
                seller.ksbId(), connection -> sales.lockWithReceipt(connection, seller.ksbId(), id)
                        .onItem()
                        .ifNull()
                        .failWith(HeldSales::unknown)
                        .chain(stored -> stored instanceof CompletedSale sale && isHeld(sale)
                                ? decide(connection, sale, decision, seller)
                                : again(connection, stored, decision))
                        .chain(() -> sales.find(connection, seller.ksbId(), id))
                        .map(Sale::view));
    }

    private static boolean isHeld(CompletedSale sale) {
        return sale.delivery().hold() != null && sale.delivery().hold() != Hold.DISMISSED;
    }

    private Uni<Void> decide(SqlConnection connection, CompletedSale held, Decision decision, Seller seller) {
        OffsetDateTime now = Rows.timestamp(clock.instant());
        return connection
                .preparedQuery("""
                        insert into held_resolutions (ksb_id, sale_id, resolution, reason, resolved_by, resolved_at)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(held.ksbId(), held.id(), decision.as(), decision.reason(), seller.login(), now))
                .chain(() -> TAKEN.equals(decision.as())
                        ? transaction.take(connection, held)
                        : transaction.delivery(
                                connection,
                                held,
                                new SaleEvent.SaleClosed(held.dismissed(decision.reason(), clock.instant()))));
    }

    private static Uni<Void> again(SqlConnection connection, Sale stored, Decision decision) {
        return connection
                .preparedQuery("select resolution from held_resolutions where ksb_id = $1 and sale_id = $2")
                .execute(Tuple.of(stored.ksbId(), stored.id()))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw unknown();
                    }
                    if (!rows.iterator().next().getString("resolution").equals(decision.as())) {
                        throw Problem.conflict("resolved", "It was decided otherwise.", stored.view());
                    }
                })
                .replaceWithVoid();
    }

    private static Problem unknown() {
        return Problem.notFound("This held sale");
    }
}
