package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Known;
import uz.ksb.pos.sales.sale.domain.Receipt;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.NewReturn;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleChecks;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Taking goods back by a receipt, under the lock of the sale that is returned. */
@ApplicationScoped
class SaleReturn {
    private final SaleRepository sales;
    private final SaleTransaction transaction;
    private final SaleChecks checks;

    SaleReturn(SaleRepository sales, SaleTransaction transaction, SaleChecks checks) {
        this.sales = sales;
        this.transaction = transaction;
        this.checks = checks;
    }

    /** Stores the return; the same return once more answers as the first time. */
    Uni<SaleView> takeBack(UUID sold, NewReturn asked, Seller seller, TillTime time) {
        Fields.require(asked != null, "body", "is missing");
        asked.check();
        Fields.requireSequence(asked.deviceSequence());
        return transaction.inTransaction(
                seller.ksbId(), connection -> sales.lockAll(connection, seller.ksbId(), List.of(sold, asked.id()))
                        .chain(stored -> {
                            if (!stored.containsKey(sold)) {
                                throw Problem.notFound("This sale");
                            }
                            return stored.containsKey(asked.id())
                                    ? again(stored.get(asked.id()), sold, asked)
                                    : store(connection, stored.get(sold), asked, seller, time);
                        }));
    }

    private Uni<SaleView> store(
            SqlConnection connection, Sale original, NewReturn asked, Seller seller, TillTime time) {
        if (!(original instanceof CompletedSale)) {
            throw Problem.rule("rule-return", "id", "only a finished sale can be returned");
        }
        return Uni.combine()
                .all()
                .unis(
                        sales.receipt(connection, original, asked.id()),
                        checks.find(
                                connection,
                                seller.ksbId(),
                                List.of(new SaleChecks.Number(seller.deviceId(), asked.deviceSequence(), asked.id())),
                                time.now().minus(SaleEditing.RATES_BACK)))
                .asTuple()
                .map(found -> CompletedSale.returned(asked, seller, time, known(found.getItem1(), found.getItem2())))
                .call(made -> sales.insertNew(connection, List.of(made)).invoke(SaleReturn::requireInserted))
                .call(made -> transaction.finished(connection, List.of(made)))
                .map(CompletedSale::view);
    }

    private static Known known(Receipt receipt, SaleChecks.Found found) {
        return Known.of(Catalogue.UNKNOWN, found.house())
                .withReceipt(receipt)
                .withNumberTaken(!found.taken().isEmpty());
    }

    private static void requireInserted(Set<UUID> ids) {
        if (ids.isEmpty()) {
            throw Problem.conflict("id-taken", "Another sale has this id.", null);
        }
    }

    private static Uni<SaleView> again(Sale stored, UUID receipt, NewReturn asked) {
        if (stored instanceof CompletedSale done && done.isReturn(receipt, asked)) {
            return Uni.createFrom().item(done.view());
        }
        throw Problem.conflict("id-taken", "Another sale has this id.", stored.view());
    }
}
