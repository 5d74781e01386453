package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Known;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.Receipt;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.TrashedSale;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleChecks;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Finishes an open sale that is paid at a till which is online. */
@ApplicationScoped
class SaleCompletion {
    private final SaleRepository sales;
    private final SaleTransaction transaction;
    private final CustomerAccounts customers;
    private final CatalogueRepository catalogue;
    private final SaleChecks checks;

    SaleCompletion(
            SaleRepository sales,
            SaleTransaction transaction,
            CustomerAccounts customers,
            CatalogueRepository catalogue,
            SaleChecks checks) {
        this.sales = sales;
        this.transaction = transaction;
        this.customers = customers;
        this.catalogue = catalogue;
        this.checks = checks;
    }

    /** Finishes the sale; the same completion once more answers as the first time. */
    Uni<SaleView> complete(UUID id, NewCompletion asked, Seller seller, TillTime time) {
        Fields.require(asked != null, "body", "is missing");
        Fields.requireSequence(asked.deviceSequence());
        return transaction.inTransaction(
                seller.ksbId(), connection -> sales.lockWithReceipt(connection, seller.ksbId(), id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound("This sale"))
                        .chain(stored -> switch (stored) {
                            case OpenSale open -> finish(connection, open, asked, seller, time);
                            case CompletedSale done -> again(done, asked);
                            case TrashedSale trashed ->
                                throw Problem.conflict("not-open", "The sale is in the trash.", trashed.view());
                        }));
    }

    private Uni<SaleView> finish(
            SqlConnection connection, OpenSale open, NewCompletion asked, Seller seller, TillTime time) {
        return known(connection, open, asked, seller, time)
                .map(known -> open.complete(asked, seller, time, known).sale())
                .chain(sale -> customers
                        .require(connection, sale.ksbId(), sale.content().customerId())
                        .chain(() -> Uni.join()
                                .all(sales.replace(connection, sale), transaction.finished(connection, List.of(sale)))
                                .andFailFast())
                        .replaceWith(sale::view));
    }

    /** Loads prices, stock, rates, rules and the used sequence number in one round trip; then a return's receipt. */
    private Uni<Known> known(
            SqlConnection connection, OpenSale open, NewCompletion asked, Seller seller, TillTime time) {
        return Uni.combine()
                .all()
                .unis(
                        catalogue.findForSale(
                                connection, seller.ksbId(), open.content().products()),
                        checks.find(
                                connection,
                                seller.ksbId(),
                                List.of(new SaleChecks.Number(seller.deviceId(), asked.deviceSequence(), open.id())),
                                time.now().minus(SaleEditing.RATES_BACK)))
                .asTuple()
                .map(found -> Known.of(found.getItem1(), found.getItem2().house())
                        .withNumberTaken(!found.getItem2().taken().isEmpty()))
                .chain(known -> open.content().isReturnByReceipt()
                        ? receipt(connection, open).map(known::withReceipt)
                        : Uni.createFrom().item(known));
    }

    /** Locks the sale that is returned: two returns at once never exceed it. */
    private Uni<Receipt> receipt(SqlConnection connection, OpenSale open) {
        return sales.lock(connection, open.ksbId(), open.content().returnOf())
                .chain(sold -> sales.receipt(connection, sold, open.id()));
    }

    private static Uni<SaleView> again(CompletedSale done, NewCompletion asked) {
        if (done.wasFinishedBy(asked)) {
            return Uni.createFrom().item(done.view());
        }
        throw Problem.conflict("not-open", "The sale was finished otherwise.", done.view());
    }
}
