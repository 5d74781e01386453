package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Known;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.TrashedSale;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.store.SaleChecks;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Work on an open sale: writing it, throwing it away, bringing it back. */
@ApplicationScoped
class SaleEditing {
    /** Rates of the last day may still be used. */
    static final Duration RATES_BACK = Duration.ofDays(1);

    private final SaleRepository sales;
    private final SaleTransaction transaction;
    private final CustomerAccounts customers;
    private final SaleChecks checks;
    private final Clock clock;

    SaleEditing(
            SaleRepository sales,
            SaleTransaction transaction,
            CustomerAccounts customers,
            SaleChecks checks,
            Clock clock) {
        this.sales = sales;
        this.transaction = transaction;
        this.customers = customers;
        this.checks = checks;
        this.clock = clock;
    }

    /** Stores the whole document, or answers with what is stored when that is the same. */
    Uni<SaleView> write(UUID id, NewSale sale, Seller seller) {
        Fields.require(sale != null, "body", "is missing");
        Fields.require(sale.id() == null || sale.id().equals(id), "id", "is not that of the address");
        Instant now = clock.instant();
        OpenSale written = OpenSale.written(id, sale, seller, now);
        return transaction
                .inTransaction(seller.ksbId(), connection -> customers
                        .require(connection, written.ksbId(), written.content().customerId())
                        .chain(() -> checked(connection, written, seller, now))
                        .chain(next -> sales.write(connection, next)
                                .call(event -> event == null
                                        ? Uni.createFrom().nullItem()
                                        : transaction.changed(connection, event))
                                .map(event -> new Attempt(next, event))))
                .chain(attempt -> attempt.event() == null
                        ? asStored(attempt.sent())
                        : Uni.createFrom().item(attempt.event().sale().view()));
    }

    /** @param event null: it was not written */
    private record Attempt(OpenSale sent, SaleEvent event) {}

    private Uni<OpenSale> checked(SqlConnection connection, OpenSale sale, Seller seller, Instant now) {
        return sale.needsChecks(seller)
                ? known(connection, sale, seller, now).map(known -> sale.checked(known, seller, now))
                : Uni.createFrom().item(sale);
    }

    private Uni<Known> known(SqlConnection connection, OpenSale sale, Seller seller, Instant now) {
        if (sale.content().isReturnByReceipt()) {
            return sales.find(connection, sale.ksbId(), sale.content().returnOf())
                    .chain(sold -> sales.receipt(connection, sold, sale.id()))
                    .map(receipt -> Known.of(Catalogue.UNKNOWN, House.DEFAULT).withReceipt(receipt));
        }
        return checks.prices(connection, seller.ksbId(), sale.content().products(), now.minus(RATES_BACK));
    }

    Uni<Void> trash(UUID id, Seller seller) {
        return change(id, seller, stored -> switch (stored) {
                    case OpenSale open -> open.trash();
                    case TrashedSale trashed -> null;
                    case CompletedSale completed -> throw finished(completed);
                })
                .replaceWithVoid();
    }

    Uni<SaleView> restore(UUID id, Seller seller) {
        return change(id, seller, stored -> switch (stored) {
            case OpenSale open -> null;
            case TrashedSale trashed -> trashed.restore();
            case CompletedSale completed -> throw finished(completed);
        });
    }

    /** A pure decision on the locked sale; null: it is as wanted already. */
    private interface Decision {
        SaleEvent on(Sale stored);
    }

    private Uni<SaleView> change(UUID id, Seller seller, Decision decision) {
        return transaction.inTransaction(seller.ksbId(), connection -> sales.lock(connection, seller.ksbId(), id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This sale"))
                .chain(stored -> apply(connection, stored, decision.on(stored))));
    }

    private Uni<SaleView> apply(SqlConnection connection, Sale stored, SaleEvent event) {
        if (event == null) {
            return Uni.createFrom().item(stored.view());
        }
        return sales.replace(connection, event.sale())
                .chain(() -> transaction.changed(connection, event))
                .replaceWith(event.sale().view());
    }

    private Uni<SaleView> asStored(OpenSale sent) {
        return sales.find(sent.ksbId(), sent.id())
                .onItem()
                .ifNull()
                .failWith(() -> Problem.conflict("revision", "The sale was deleted meanwhile.", null))
                .map(stored -> {
                    if (stored instanceof OpenSale open && open.content().equals(sent.content())) {
                        return open.view();
                    }
                    throw stored instanceof OpenSale
                            ? Problem.conflict("revision", "The sale was changed meanwhile.", stored.view())
                            : finished(stored);
                });
    }

    private static Problem finished(Sale stored) {
        return Problem.conflict("not-open", "The sale is not open any more.", stored.view());
    }
}
