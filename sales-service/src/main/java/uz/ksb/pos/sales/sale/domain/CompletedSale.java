package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.SoldStock.Sold;
import uz.ksb.pos.sales.customer.Movement;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.Delivery.Status;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;
import uz.ksb.pos.sales.sale.domain.rules.SaleRules;
import uz.ksb.pos.sales.totals.Figures;
import uz.ksb.pos.sales.totals.TotalChange;

/** A finished sale: its content never changes again, only its way to the back office goes on. */
public record CompletedSale(
        String ksbId,
        UUID id,
        int revision,
        SaleContent content,
        Origin origin,
        Completion completion,
        Delivery delivery)
        implements Sale {
    /** The reason of what waits because the back office has no way to take it. */
    public static final String BY_HAND = "to be entered there by hand";

    /**
     * A sale that was finished without us: what it breaks is only marked, because it was paid. {@link #soldBy} adds what it
     * breaks of the catalogue.
     *
     * @throws Problem 400 when it cannot be read as a finished sale
     */
    public static CompletedSale paidOffline(NewSale sale, Seller seller, TillTime time) {
        SaleContent.require(sale.id() != null, "id", "is missing");
        SaleContent.require(sale.completedAt() != null, "completedAt", "is missing");
        SaleContent content = SaleContent.of(sale, seller);
        Checkout finishing = Checkout.of(content, sale.payments(), seller, time)
                .at(sale.completedAt())
                .numbered(sale.deviceSequence());
        List<RuleViolation> broken = new ArrayList<>(SaleRules.brokenBy(sale, content, seller));
        broken.addAll(finishing.broken());
        if (sale.total() != null && sale.total().compareTo(content.total()) != 0) {
            broken.add(new RuleViolation("total", "total", "is another one"));
        }
        String device =
                sale.deviceId() == null ? seller.deviceId() : SaleContent.shortText(sale.deviceId(), "deviceId");
        Origin origin = new Origin(
                device,
                device == null || device.equals(seller.deviceId()) ? seller.deviceCode() : null,
                sale.cashier() == null ? seller.login() : SaleContent.shortText(sale.cashier(), "cashier"),
                seller.login(),
                time.correct(sale.completedAt().toInstant()).time());
        List<String> flags = broken.stream().map(RuleViolation::flag).toList();
        return new CompletedSale(
                seller.ksbId(), sale.id(), 1, content, origin, finishing.completion(flags), Delivery.WAITING);
    }

    /**
     * Marked with what it breaks of the catalogue and of the seller's rights.
     *
     * @param taken from the stock by sales that came with it, by product and warehouse; this one's is added
     */
    public CompletedSale soldBy(Catalogue catalogue, Map<String, BigDecimal> taken, Seller seller) {
        CompletedSale marked = this;
        for (String flag :
                CatalogueRules.selling(content, seller, catalogue, taken).flags()) {
            marked = marked.flagged(flag);
        }
        return marked;
    }

    public CompletedSale flagged(String flag) {
        return new CompletedSale(ksbId, id, revision, content, origin, completion.flagged(flag), delivery);
    }

    /** This finished sale in the place of an unfinished one with the same id: money was taken, so it wins. */
    public CompletedSale inPlaceOf(Sale stored) {
        String flag =
                switch (stored) {
                    case OpenSale open -> "was-open";
                    case TrashedSale trashed -> "was-trashed";
                    case CompletedSale completed -> throw new IllegalArgumentException("is finished already");
                };
        return new CompletedSale(ksbId, id, stored.revision() + 1, content, origin, completion.flagged(flag), delivery);
    }

    /** A kept conflict, counted as a sale of its own. */
    public CompletedSale withId(UUID other) {
        return new CompletedSale(ksbId, other, revision, content, origin, completion, delivery);
    }

    /** The back office has it; null when that changes nothing, because it has been said or a person closed it. */
    public SaleEvent accepted(boolean posted, Instant now) {
        boolean known = delivery.status() == Status.DELIVERED && Objects.equals(delivery.posted(), posted);
        return known || delivery.status() == Status.CLOSED
                ? null
                : new SaleEvent.SaleDelivered(told(new Delivery(
                        Status.DELIVERED,
                        delivery.attempts() + 1,
                        null,
                        null,
                        posted,
                        delivery.settledAt() == null ? now : delivery.settledAt())));
    }

    /** The back office refuses it; null when it has been decided otherwise meanwhile. */
    public SaleEvent refused(String reason) {
        return delivery.status() != Status.NOT_DELIVERED
                ? null
                : new SaleEvent.SaleRejected(
                        told(new Delivery(Status.REJECTED, delivery.attempts() + 1, null, reason, null, null)));
    }

    /** It cannot be sent, a person enters it there and closes it here; null when that has been said. */
    public SaleEvent held() {
        return delivery.status() != Status.NOT_DELIVERED || BY_HAND.equals(delivery.lastError())
                ? null
                : new SaleEvent.SaleUpdated(
                        told(new Delivery(Status.NOT_DELIVERED, delivery.attempts(), null, BY_HAND, null, null)));
    }

    /** To be sent at once, also when it was refused before; null when it is on its way already. */
    public SaleEvent sendAgain() {
        boolean waitsLonger = delivery.status() == Status.NOT_DELIVERED && delivery.nextAttemptAt() != null;
        return switch (delivery.status()) {
            case DELIVERED, CLOSED -> throw decided();
            case NOT_DELIVERED, REJECTED ->
                waitsLonger || delivery.status() == Status.REJECTED
                        ? new SaleEvent.SaleUpdated(told(new Delivery(
                                Status.NOT_DELIVERED, delivery.attempts(), null, delivery.lastError(), null, null)))
                        : null;
        };
    }

    /** A person entered it by hand or gives it up; null when that has been said. */
    public SaleEvent closed(String reason, Instant now) {
        return switch (delivery.status()) {
            case DELIVERED -> throw decided();
            case CLOSED -> null;
            case NOT_DELIVERED, REJECTED ->
                new SaleEvent.SaleClosed(
                        told(new Delivery(Status.CLOSED, delivery.attempts(), null, reason, null, now)));
        };
    }

    private Problem decided() {
        return Problem.conflict("delivery", "The sale is not on its way to the back office.", view());
    }

    private CompletedSale told(Delivery next) {
        return new CompletedSale(ksbId, id, revision + 1, content, origin, completion, next);
    }

    public boolean sameContentAs(CompletedSale other) {
        return completion.contentHash().equals(other.completion.contentHash());
    }

    /** Whether a completion that arrives now is the one that finished this sale: its answer was lost. */
    public boolean wasFinishedBy(NewCompletion asked, Seller seller, TillTime time) {
        SaleContent whole = content.completedWith(asked.customerId(), asked.comment(), asked.rounding());
        Checkout again = Checkout.of(whole, asked.payments(), seller, time)
                .at(
                        asked.completedAt() == null
                                ? completion.claimedAt().atOffset(ZoneOffset.UTC)
                                : asked.completedAt());
        return (asked.total() == null || asked.total().compareTo(content.total()) == 0)
                && again.completion(List.of()).contentHash().equals(completion.contentHash());
    }

    /** What finishing this sale adds to the totals: one change per currency that moved. */
    public List<TotalChange> totalChanges() {
        Map<String, Figures> byCurrency = new LinkedHashMap<>();
        byCurrency.put(content.currency(), own());
        completion.payments().forEach(paid -> byCurrency.merge(paid.currency(), paidIn(paid), Figures::plus));
        List<TotalChange> changes = new ArrayList<>();
        byCurrency.forEach((currency, figures) -> changes.add(
                changes.isEmpty()
                        ? change(currency, figures, main()).notDelivered(1)
                        : change(currency, figures, Figures.NOTHING)));
        return changes;
    }

    /** What finishing this sale does to its customer's balance: negative for a debt. */
    public List<Movement> movements() {
        if (content.customerId() == null) {
            return List.of();
        }
        Map<String, BigDecimal> byCurrency = new LinkedHashMap<>();
        completion.payments().stream()
                .filter(paid -> paid.kind() == Means.DEBT && paid.amount().signum() != 0)
                .forEach(paid -> byCurrency.merge(paid.currency(), signed(paid.amount()), BigDecimal::add));
        return byCurrency.entrySet().stream()
                .map(debt -> new Movement(
                        ksbId,
                        id,
                        content.customerId(),
                        Movement.Kind.valueOf(content.kind().name()),
                        debt.getKey(),
                        debt.getValue().negate(),
                        null,
                        origin.cashier(),
                        completion.completedAt()))
                .toList();
    }

    /** What finishing this sale takes from the stock, by product and warehouse: negative for what comes back. */
    public List<Sold> sold() {
        return content.lines().stream()
                .map(line -> new Sold(id, line.productId(), content.warehouseOf(line), signed(line.quantity())))
                .toList();
    }

    /** What the step from an earlier delivery state to this one does to the totals of all dates. */
    public TotalChange deliveryChange(Delivery before) {
        return change(content.currency(), Figures.NOTHING, Figures.NOTHING)
                .notDelivered(is(delivery, Status.NOT_DELIVERED) - is(before, Status.NOT_DELIVERED))
                .rejected(is(delivery, Status.REJECTED) - is(before, Status.REJECTED));
    }

    private static int is(Delivery delivery, Status status) {
        return delivery.status() == status ? 1 : 0;
    }

    private TotalChange change(String currency, Figures figures, Figures main) {
        return TotalChange.of(
                ksbId, completion.businessDate(), completion.hour(), currency, content.mainCurrency(), figures, main);
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
