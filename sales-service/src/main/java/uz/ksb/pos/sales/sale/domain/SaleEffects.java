package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.sales.catalogue.SoldStock.Sold;
import uz.ksb.pos.sales.customer.Movement;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.Delivery.Hold;
import uz.ksb.pos.sales.sale.domain.Delivery.Status;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.totals.Figures;
import uz.ksb.pos.sales.totals.TotalChange;

/** The effects of a finished sale on totals, balances and stock. Pure. */
final class SaleEffects {
    private final CompletedSale sale;
    private final SaleContent content;
    private final Completion completion;

    SaleEffects(CompletedSale sale) {
        this.sale = sale;
        this.content = sale.content();
        this.completion = sale.completion();
    }

    /** The changes of the totals, one per currency that moved. */
    List<TotalChange> totalChanges() {
        if (!sale.counts()) {
            return List.of(reviewChange(null));
        }
        Map<String, Figures> byCurrency = new LinkedHashMap<>();
        byCurrency.put(content.currency(), own());
        completion.payments().forEach(paid -> byCurrency.merge(paid.currency(), paidIn(paid), Figures::plus));
        List<TotalChange> changes = new ArrayList<>();
        byCurrency.forEach((currency, figures) -> changes.add(
                changes.isEmpty()
                        ? change(currency, figures, main()).notDelivered(1).toReview(waits(sale.delivery()))
                        : change(currency, figures, Figures.NOTHING)));
        return changes;
    }

    /** The movements of the customer's balance: negative for a debt. */
    List<Movement> movements() {
        if (content.customerId() == null) {
            return List.of();
        }
        Map<String, BigDecimal> byCurrency = new LinkedHashMap<>();
        completion.payments().stream()
                .filter(paid -> paid.kind() == Means.DEBT && paid.amount().signum() != 0)
                .forEach(paid -> byCurrency.merge(paid.currency(), signed(paid.amount()), BigDecimal::add));
        return byCurrency.entrySet().stream()
                .map(debt -> new Movement(
                        sale.ksbId(),
                        sale.id(),
                        content.customerId(),
                        Movement.Kind.valueOf(content.kind().name()),
                        debt.getKey(),
                        debt.getValue().negate(),
                        null,
                        sale.origin().cashier(),
                        completion.completedAt()))
                .toList();
    }

    /** The quantities taken from the stock, by product and warehouse: negative for a return. */
    List<Sold> sold() {
        return content.lines().stream()
                .map(line -> new Sold(sale.id(), line.productId(), content.warehouseOf(line), signed(line.quantity())))
                .toList();
    }

    /** The change that a step from an earlier delivery state makes to the totals of all dates. */
    TotalChange deliveryChange(Delivery before) {
        return change(content.currency(), Figures.NOTHING, Figures.NOTHING)
                .notDelivered(is(sale.delivery(), Status.NOT_DELIVERED) - is(before, Status.NOT_DELIVERED))
                .rejected(is(sale.delivery(), Status.REJECTED) - is(before, Status.REJECTED))
                .toReview(waits(sale.delivery()) - waits(before));
    }

    /** Whether it waits for a manager, as a change since {@code before}; null: it is new. */
    TotalChange reviewChange(Delivery before) {
        return change(content.currency(), Figures.NOTHING, Figures.NOTHING)
                .toReview(waits(sale.delivery()) - (before == null ? 0 : waits(before)));
    }

    private static int waits(Delivery delivery) {
        return delivery.hold() == Hold.BLOCKED_DEVICE || delivery.hold() == Hold.RETURN ? 1 : 0;
    }

    private static int is(Delivery delivery, Status status) {
        return delivery.counts() && delivery.status() == status ? 1 : 0;
    }

    private TotalChange change(String currency, Figures figures, Figures main) {
        return TotalChange.of(
                sale.ksbId(),
                completion.businessDate(),
                completion.hour(),
                currency,
                content.mainCurrency(),
                figures,
                main);
    }

    private boolean isReturn() {
        return content.kind() == SaleKind.RETURN;
    }

    private BigDecimal signed(BigDecimal amount) {
        return isReturn() ? amount.negate() : amount;
    }

    private Figures own() {
        return new Figures(
                isReturn() ? 0 : 1,
                isReturn() ? 1 : 0,
                isReturn() ? BigDecimal.ZERO : content.total(),
                isReturn() ? content.total() : BigDecimal.ZERO,
                signed(completion.change().negate()),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                signed(content.discount()),
                signed(content.rounding()));
    }

    private Figures paidIn(Payment paid) {
        BigDecimal amount = signed(paid.amount());
        return switch (paid.kind()) {
            case CASH -> Figures.NOTHING.withCash(amount);
            case CARD -> Figures.NOTHING.withCard(amount);
            case DEBT -> Figures.NOTHING.withDebt(amount);
        };
    }

    private Figures main() {
        Completion.Main main = completion.main();
        return new Figures(
                isReturn() ? 0 : 1,
                isReturn() ? 1 : 0,
                isReturn() ? BigDecimal.ZERO : main.total(),
                isReturn() ? main.total() : BigDecimal.ZERO,
                signed(main.cash()),
                signed(main.card()),
                signed(main.debt()),
                signed(main.discount()),
                signed(main.rounding()));
    }
}
