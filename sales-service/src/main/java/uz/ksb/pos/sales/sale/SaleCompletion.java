package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.ReturnCalculator;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.TrashedSale;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Checkout an open sale that was paid at a till which is online. */
@ApplicationScoped
class SaleCompletion {
    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final CustomerAccounts customers;
    private final CatalogueRepository catalogue;

    SaleCompletion(
            SaleRepository sales,
            SaleTransaction recording,
            CustomerAccounts customers,
            CatalogueRepository catalogue) {
        this.sales = sales;
        this.recording = recording;
        this.customers = customers;
        this.catalogue = catalogue;
    }

    /** Finishes the sale; the same completion once more answers as the first time. */
    Uni<SaleView> complete(UUID id, NewCompletion asked, Seller seller, TillTime time) {
        SaleContent.require(asked != null, "body", "is missing");
        return recording.inTransaction(connection -> sales.lock(connection, seller.ksbId(), id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This sale"))
                .chain(stored -> switch (stored) {
                    case OpenSale open -> finish(connection, open, asked, seller, time);
                    case CompletedSale done -> again(done, asked, seller, time);
                    case TrashedSale trashed ->
                        throw Problem.conflict("not-open", "The sale is in the trash.", trashed.view());
                }));
    }

    /** What it must be measured by is asked for in one go. */
    private Uni<SaleView> finish(
            SqlConnection connection, OpenSale open, NewCompletion asked, Seller seller, TillTime time) {
        return Uni.combine()
                .all()
                .unis(
                        catalogue.findForSale(
                                connection, seller.ksbId(), open.content().products()),
                        sales.isTaken(
                                connection,
                                seller.ksbId(),
                                open.origin().deviceId(),
                                asked.deviceSequence(),
                                open.id()))
                .asTuple()
                .chain(found -> {
                    CompletedSale sale =
                            open.complete(asked, seller, time, found.getItem1()).sale();
                    return finish(connection, found.getItem2() ? sale.flagged("sequence-twice") : sale);
                });
    }

    private Uni<SaleView> finish(SqlConnection connection, CompletedSale sale) {
        return customers
                .require(connection, sale.ksbId(), sale.content().customerId())
                .chain(() -> keepToReceipt(connection, sale))
                .chain(() -> Uni.join()
                        .all(sales.replace(connection, sale), recording.finished(connection, List.of(sale)))
                        .andFailFast())
                .replaceWith(sale::view);
    }

    /** A return by a receipt takes the lock of what was sold: two returns at once never exceed it. */
    private Uni<Void> keepToReceipt(SqlConnection connection, CompletedSale sale) {
        UUID original = sale.content().returnOf();
        if (sale.content().kind() == SaleKind.SALE || original == null) {
            return Uni.createFrom().voidItem();
        }
        return sales.lock(connection, sale.ksbId(), original)
                .chain(stored -> sales.returnedOf(connection, sale.ksbId(), original, sale.id())
                        .invoke(returned -> check(sale, stored, returned)))
                .replaceWithVoid();
    }

    private static void check(CompletedSale sale, Sale stored, Map<String, ReturnCalculator.Returned> returned) {
        if (!(stored instanceof CompletedSale original)) {
            throw Problem.rule("rule-unknown-return", "returnOf", "is not a finished sale");
        }
        RuleViolation.throwIfAny(ReturnCalculator.exceeding(sale.content(), original, returned));
    }

    private static Uni<SaleView> again(CompletedSale done, NewCompletion asked, Seller seller, TillTime time) {
        if (done.wasFinishedBy(asked, seller, time)) {
            return Uni.createFrom().item(done.view());
        }
        throw Problem.conflict("not-open", "The sale was finished otherwise.", done.view());
    }
}
