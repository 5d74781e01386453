package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.ReturnCalculator;
import uz.ksb.pos.sales.sale.domain.ReturnCalculator.NewReturn;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Taking back by a receipt, under the lock of what was sold. */
@ApplicationScoped
class SaleReturn {
    private final SaleRepository sales;
    private final SaleTransaction recording;

    SaleReturn(SaleRepository sales, SaleTransaction recording) {
        this.sales = sales;
        this.recording = recording;
    }

    /** Stores the return; the same return once more answers as the first time. */
    Uni<SaleView> takeBack(UUID sold, NewReturn asked, Seller seller, TillTime time) {
        ReturnCalculator.require(asked);
        return recording.inTransaction(connection -> sales.lock(connection, seller.ksbId(), sold)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This sale"))
                .map(SaleReturn::returnable)
                .chain(original -> sales.lock(connection, seller.ksbId(), asked.id())
                        .chain(stored -> stored == null
                                ? store(connection, original, asked, seller, time)
                                : again(stored, original, asked))));
    }

    private Uni<SaleView> store(
            SqlConnection connection, CompletedSale original, NewReturn asked, Seller seller, TillTime time) {
        return sales.returnedOf(connection, seller.ksbId(), original.id(), asked.id())
                .map(before -> ReturnCalculator.of(original, asked, before, seller, time))
                .chain(made -> sales.withTakenNumber(connection, seller.ksbId(), List.of(made))
                        .map(taken -> taken.isEmpty() ? made : made.flagged("sequence-twice")))
                .call(made -> sales.insertNew(connection, List.of(made)).invoke(SaleReturn::inserted))
                .call(made -> recording.finished(connection, List.of(made)))
                .map(CompletedSale::view);
    }

    private static void inserted(java.util.Set<UUID> ids) {
        if (ids.isEmpty()) {
            throw Problem.conflict("id-taken", "Another sale has this id.", null);
        }
    }

    private static CompletedSale returnable(Sale stored) {
        if (stored instanceof CompletedSale sold && sold.content().kind() == SaleKind.SALE) {
            return sold;
        }
        throw Problem.rule("rule-return", "id", "only a finished sale can be returned");
    }

    private static Uni<SaleView> again(Sale stored, CompletedSale original, NewReturn asked) {
        if (stored instanceof CompletedSale done
                && original.id().equals(done.content().returnOf())
                && quantities(done).equals(quantities(asked))) {
            return Uni.createFrom().item(done.view());
        }
        throw Problem.conflict("id-taken", "Another sale has this id.", stored.view());
    }

    private static Map<String, BigDecimal> quantities(CompletedSale done) {
        return done.content().lines().stream()
                .collect(Collectors.toMap(
                        Line::returnOfLine,
                        line -> line.quantity().stripTrailingZeros(),
                        BigDecimal::add,
                        TreeMap::new));
    }

    private static Map<String, BigDecimal> quantities(NewReturn asked) {
        return asked.lines().stream()
                .collect(Collectors.toMap(
                        ReturnCalculator.ReturnedLine::lineId,
                        line -> line.quantity().stripTrailingZeros(),
                        BigDecimal::add,
                        TreeMap::new));
    }
}
