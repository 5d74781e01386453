package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.TrashedSale;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Work on an open sale: writing it, throwing it away, bringing it back. */
@ApplicationScoped
class SaleEditing {
    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final CustomerAccounts customers;
    private final CatalogueRepository catalogue;
    private final Clock clock;

    SaleEditing(
            SaleRepository sales,
            SaleTransaction recording,
            CustomerAccounts customers,
            CatalogueRepository catalogue,
            Clock clock) {
        this.sales = sales;
        this.recording = recording;
        this.customers = customers;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Stores the whole document, or answers with what is stored when that is the same. */
    Uni<SaleView> write(UUID id, NewSale sale, Seller seller) {
        SaleContent.require(sale != null, "body", "is missing");
        SaleContent.require(sale.id() == null || sale.id().equals(id), "id", "is not that of the address");
        OpenSale next = OpenSale.written(id, sale, seller, clock.instant());
        return recording
                .inTransaction(connection -> customers
                        .require(connection, next.ksbId(), next.content().customerId())
                        .chain(() -> priced(connection, next, seller))
                        .chain(() -> sales.write(connection, next))
                        .call(event ->
                                event == null ? Uni.createFrom().nullItem() : recording.changed(connection, event)))
                .chain(event -> event == null
                        ? asStored(next)
                        : Uni.createFrom().item(event.sale().view()));
    }

    private Uni<OpenSale> priced(SqlConnection connection, OpenSale sale, Seller seller) {
        return CatalogueRules.bind(seller)
                ? catalogue
                        .findPrices(connection, seller.ksbId(), sale.content().products())
                        .map(known -> sale.pricedBy(known, seller))
                : Uni.createFrom().item(sale);
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
        return recording.inTransaction(connection -> sales.lock(connection, seller.ksbId(), id)
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
                .chain(() -> recording.changed(connection, event))
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
