package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.function.Function;
import uz.ksb.pos.platform.database.Writings;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.catalogue.SoldStock;
import uz.ksb.pos.sales.catalogue.SoldStockAggregator;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Receipt;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.store.SaleRepository;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Everything that a change of a sale brings with it: its event and, once it is finished, totals, stock and balance. */
@ApplicationScoped
public class SaleTransaction {
    private final Outbox outbox;
    private final Writings writings;
    private final TotalsAggregator totals;
    private final CustomerAccounts accounts;
    private final SaleRepository sales;
    private final SoldStock stock;
    private final SoldStockAggregator stockAggregator;
    private final Event<SalesCommitted> committed;

    SaleTransaction(
            Outbox outbox,
            Writings writings,
            TotalsAggregator totals,
            CustomerAccounts accounts,
            SaleRepository sales,
            SoldStock stock,
            SoldStockAggregator stockAggregator,
            Event<SalesCommitted> committed) {
        this.writings = writings;
        this.sales = sales;
        this.stock = stock;
        this.stockAggregator = stockAggregator;
        this.committed = committed;
        this.outbox = outbox;
        this.totals = totals;
        this.accounts = accounts;
    }

    /** The same for a request of an enterprise, which waits while the enterprise has its share of the connections. */
    public <T> Uni<T> inTransaction(String ksbId, Function<SqlConnection, Uni<T>> work) {
        return writings.inTurn(ksbId, () -> committing(ksbId, work));
    }

    /** One use case in one transaction; afterwards its events go out and the totals follow. */
    public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return committing(null, work);
    }

    private <T> Uni<T> committing(String ksbId, Function<SqlConnection, Uni<T>> work) {
        return outbox.inTransaction(work).invoke(() -> {
            totals.wake();
            stockAggregator.wake();
            committed.fire(new SalesCommitted(ksbId));
        });
    }

    /**
     * Something about sales was committed in this process: there may be something to do.
     *
     * @param ksbId null: of an enterprise that is not named
     */
    public record SalesCommitted(String ksbId) {}

    /** Writes a step of the delivery; the row must be locked. */
    public Uni<Void> delivery(SqlConnection connection, CompletedSale before, SaleEvent event) {
        CompletedSale after = (CompletedSale) event.sale();
        return sales.replace(connection, after)
                .chain(() -> totals.add(connection, List.of(after.deliveryChange(before.delivery()))))
                .chain(() -> after.counts() || after.wasTold()
                        ? changed(connection, event)
                        : Uni.createFrom().voidItem());
    }

    /** Adds a change that moves no figure. */
    public Uni<Void> changed(SqlConnection connection, SaleEvent event) {
        return outbox.add(connection, event.published());
    }

    /** Lets a held sale pass, by a manager's decision; its row must be locked. It counts from now on. */
    public Uni<Void> take(SqlConnection connection, CompletedSale held) {
        if (held.counts()) {
            return delivery(connection, held, new SaleEvent.SaleUpdated(held.taken(null)));
        }
        Uni<Receipt> receipt = held.content().isReturnByReceipt()
                ? sales.lock(connection, held.ksbId(), held.content().returnOf())
                        .chain(sold -> sales.receipt(connection, sold, held.id()))
                : Uni.createFrom().nullItem();
        return receipt.map(held::taken).chain(taken -> sales.replace(connection, taken)
                .chain(() -> totals.add(connection, List.of(taken.reviewChange(held.delivery()))))
                .chain(() -> finished(connection, List.of(taken))));
    }

    /**
     * Adds the effects of newly finished sales. Their rows are written, or at least sent to the database, on this connection:
     * the statements travel together and are executed in this order; if one fails, so does the transaction. Held sales that
     * do not count have none but to wait for review.
     */
    public Uni<Void> finished(SqlConnection connection, List<CompletedSale> sales) {
        if (sales.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> totalled = totals.add(connection, all(sales, CompletedSale::totalChanges));
        List<CompletedSale> counted =
                sales.stream().filter(CompletedSale::counts).toList();
        return counted.isEmpty()
                ? totalled
                : Uni.join()
                        .all(
                                totalled,
                                accounts.move(connection, all(counted, CompletedSale::movements))
                                        .replaceWithVoid(),
                                stock.add(connection, counted.getFirst().ksbId(), all(counted, CompletedSale::sold)),
                                outbox.add(
                                        connection,
                                        all(counted, sale -> List.of(new SaleEvent.SaleCompleted(sale).published()))))
                        .andFailFast()
                        .replaceWithVoid();
    }

    private static <T> List<T> all(List<CompletedSale> sales, Function<CompletedSale, List<T>> of) {
        return sales.stream().flatMap(sale -> of.apply(sale).stream()).toList();
    }
}
