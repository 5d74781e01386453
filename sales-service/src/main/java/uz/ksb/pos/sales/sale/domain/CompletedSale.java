package uz.ksb.pos.sales.sale.domain;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.SoldStock.Sold;
import uz.ksb.pos.sales.customer.Movement;
import uz.ksb.pos.sales.house.Till;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.Delivery.Hold;
import uz.ksb.pos.sales.sale.domain.Delivery.Status;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewReturn;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
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
     * A sale that was finished without the server: violations only flag it, because it was paid.
     *
     * @param content of {@code sale}
     * @throws Problem 400 or 422 when it cannot be read as a finished sale
     */
    public static CompletedSale paidOffline(
            NewSale sale, SaleContent content, Seller seller, TillTime time, Known known, String deviceCode) {
        Checkout checkout = Checkout.offline(
                content,
                new Checkout.Asked(sale.payments(), sale.completedAt(), sale.deviceSequence(), sale.total(), null),
                seller,
                time,
                known);
        Completion completion = checkout.flaggedCompletion();
        if (sale.total() != null && sale.total().compareTo(checkout.content().total()) != 0) {
            completion = completion.flagged(Flag.TOTAL);
        }
        if (Boolean.TRUE.equals(sale.offlineLogin())) {
            completion = completion.flagged(Flag.OFFLINE_LOGIN);
        }
        Origin origin = new Origin(
                deviceOf(sale, seller),
                deviceCode,
                sale.cashier() == null ? seller.login() : Fields.shortText(sale.cashier(), "cashier"),
                seller.login(),
                completion.completedAt());
        Hold hold = seller.blocked() ? Hold.BLOCKED_DEVICE : checkout.needsManager() ? Hold.RETURN : null;
        return new CompletedSale(
                seller.ksbId(), sale.id(), 1, checkout.content(), origin, completion, Delivery.WAITING.withHold(hold));
    }

    /** Checks what must be there before anything is looked up; throws 400 when it cannot be read as a finished sale. */
    public static SaleContent contentOf(NewSale sale, Seller seller) {
        Fields.require(sale.id() != null, "id", "is missing");
        Fields.require(sale.completedAt() != null, "completedAt", "is missing");
        Fields.require(sale.lines() != null && !sale.lines().isEmpty(), "lines", "are missing");
        Fields.requireSequence(sale.deviceSequence());
        SaleContent content = SaleContent.of(sale, seller);
        return seller.approvedBy() == null ? content : content.approvedBy(seller.approvedBy());
    }

    /** The till that made a sale: the one it names, else the one that brings it. */
    public static String deviceOf(NewSale sale, Seller seller) {
        return sale.deviceId() == null ? seller.deviceId() : Till.id(Fields.shortText(sale.deviceId(), "deviceId"));
    }

    /**
     * A return by the receipt {@code known}, online.
     *
     * @throws Problem 400, 422 when it breaks a rule
     */
    public static CompletedSale returned(NewReturn asked, Seller seller, TillTime time, Known known) {
        CompletedSale sold = known.receipt().sale();
        Fields.require(!asked.id().equals(sold.id()), "id", "is that of the sale itself");
        Checkout checkout = Checkout.online(
                SaleContent.ofReturn(asked, sold.id(), sold.content()).approvedBy(seller.approvedBy()),
                new Checkout.Asked(asked.payments(), asked.completedAt(), asked.deviceSequence(), null, asked.lines()),
                seller,
                time,
                known);
        RuleViolation.throwIfAny(checkout.violations());
        return new CompletedSale(
                seller.ksbId(),
                asked.id(),
                1,
                checkout.content(),
                Origin.of(seller, time.now()),
                checkout.completion(),
                Delivery.WAITING);
    }

    public CompletedSale flagged(Flag flag) {
        return new CompletedSale(ksbId, id, revision, content, origin, completion.flagged(flag), delivery);
    }

    /** Whether it counts in totals, balances, stock and for its receipt. */
    public boolean counts() {
        return delivery.counts();
    }

    /** This finished sale in the place of an unfinished one with the same id: money was taken, so it wins. */
    public CompletedSale inPlaceOf(Sale stored) {
        Flag flag =
                switch (stored) {
                    case OpenSale open -> Flag.WAS_OPEN;
                    case TrashedSale trashed -> Flag.WAS_TRASHED;
                    case CompletedSale completed -> throw new IllegalArgumentException("is finished already");
                };
        return new CompletedSale(ksbId, id, stored.revision() + 1, content, origin, completion.flagged(flag), delivery);
    }

    /**
     * A manager lets a held sale pass. It counts from now on.
     *
     * @param sold the receipt of a return that did not count yet; null: none, or none is known
     */
    public CompletedSale taken(Receipt sold) {
        CompletedSale taken = told(delivery.withHold(null));
        return !counts() && content.isReturnByReceipt() && !fits(sold) ? taken.flagged(Flag.RETURN) : taken;
    }

    private boolean fits(Receipt sold) {
        return sold != null && ReturnCalculator.of(sold, content).isPaidAs(content, completion.payments());
    }

    /** Whether events told of it, although it does not count: it was opened and seen before a blocked till finished it. */
    public boolean wasTold() {
        return completion.flags().contains(Flag.WAS_OPEN.text())
                || completion.flags().contains(Flag.WAS_TRASHED.text());
    }

    /** A manager dismisses a held sale: it never counts, or, when it counts already, never goes to the back office. */
    public CompletedSale dismissed(String reason, Instant now) {
        Hold hold = counts() ? null : Hold.DISMISSED;
        return told(delivery.closed(reason, now).withHold(hold));
    }

    /** The back office has it; null when that changes nothing, because it has been said or a person closed it. */
    public SaleEvent accepted(boolean posted, Instant now) {
        boolean known = delivery.status() == Status.DELIVERED && Objects.equals(delivery.posted(), posted);
        return known || delivery.status() == Status.CLOSED
                ? null
                : new SaleEvent.SaleDelivered(told(delivery.delivered(posted, now)));
    }

    /** The back office refuses it; null when it has been decided otherwise meanwhile. */
    public SaleEvent refused(String reason) {
        return delivery.status() != Status.NOT_DELIVERED
                ? null
                : new SaleEvent.SaleRejected(told(delivery.rejected(reason)));
    }

    /** It cannot be sent, a person enters it there and closes it here; null when that has been said. */
    public SaleEvent held() {
        return delivery.status() != Status.NOT_DELIVERED || BY_HAND.equals(delivery.lastError())
                ? null
                : new SaleEvent.SaleUpdated(told(delivery.waiting(BY_HAND)));
    }

    /** To be sent at once, also when it was refused before; null when it is on its way already. */
    public SaleEvent sendAgain() {
        requireFree();
        boolean waitsLonger = delivery.status() == Status.NOT_DELIVERED && delivery.nextAttemptAt() != null;
        return switch (delivery.status()) {
            case DELIVERED, CLOSED -> throw decided();
            case NOT_DELIVERED, REJECTED ->
                waitsLonger || delivery.status() == Status.REJECTED
                        ? new SaleEvent.SaleUpdated(told(delivery.waiting(delivery.lastError())))
                        : null;
        };
    }

    /** The back office has lost it, so it is sent again; null when that has been said. */
    public SaleEvent lost() {
        return delivery.status() == Delivery.Status.DELIVERED
                ? new SaleEvent.SaleUpdated(told(delivery.waiting("lost by the back office")))
                : sendAgain();
    }

    /** A person entered it by hand or gives it up; null when that has been said. */
    public SaleEvent closed(String reason, Instant now) {
        requireFree();
        return switch (delivery.status()) {
            case DELIVERED -> throw decided();
            case CLOSED -> null;
            case NOT_DELIVERED, REJECTED -> new SaleEvent.SaleClosed(told(delivery.closed(reason, now)));
        };
    }

    private void requireFree() {
        if (delivery.hold() != null) {
            throw Problem.conflict("held", "The sale is held: a manager decides on it first.", view());
        }
    }

    private Problem decided() {
        return Problem.conflict("delivery", "The sale is not on its way to the back office.", view());
    }

    private CompletedSale told(Delivery next) {
        return new CompletedSale(ksbId, id, revision + 1, content, origin, completion, next);
    }

    /**
     * Whether a finished sale that arrives is this one. A return without payments has those that were given for it then,
     * whatever came back since.
     *
     * @param other the content of {@code sale}
     */
    public boolean isRepeatedBy(NewSale sale, SaleContent other) {
        return (sale.payments() != null || !content.isReturnByReceipt() || paidByDefault())
                && hasContent(other, sale.payments(), sale.completedAt());
    }

    /** Whether a completion that arrives now is the one that finished this sale: its answer was lost. */
    public boolean wasFinishedBy(NewCompletion asked) {
        return (asked.total() == null || asked.total().compareTo(content.total()) == 0)
                && hasContent(content.completedWith(asked), asked.payments(), asked.completedAt());
    }

    /** Whether this is the return that is asked for once more. */
    public boolean isReturn(UUID receipt, NewReturn asked) {
        List<Line> lines = asked.lines().stream()
                .map(line -> Line.ofReturn(line.lineId(), line.quantity()))
                .toList();
        return content.isReturnByReceipt()
                && content.returnOf().equals(receipt)
                && (asked.payments() != null || paidByDefault())
                && hasContent(content.withLines(lines), asked.payments(), asked.completedAt());
    }

    private boolean paidByDefault() {
        return completion.payments().stream()
                .allMatch(paid -> paid.is(Means.DEBT)
                        || paid.is(Means.CASH) && paid.currency().equals(content.currency()));
    }

    /** @param payments null: left out; @param completedAt null: left out */
    private boolean hasContent(SaleContent other, List<NewPayment> payments, OffsetDateTime completedAt) {
        List<NewPayment> paid = payments != null
                ? payments
                : content.isReturnByReceipt()
                        ? completion.payments().stream().map(Checkout::asGiven).toList()
                        : List.of();
        Instant claimed = completedAt == null
                ? completion.claimedAt()
                : completedAt.toInstant().truncatedTo(ChronoUnit.MICROS);
        return ContentHash.of(other, paid, claimed).equals(completion.contentHash());
    }

    /** The changes of the totals, one per currency that moved. */
    public List<TotalChange> totalChanges() {
        return new SaleEffects(this).totalChanges();
    }

    /** The movements of the customer's balance: negative for a debt. */
    public List<Movement> movements() {
        return new SaleEffects(this).movements();
    }

    /** The quantities taken from the stock, by product and warehouse: negative for what comes back. */
    public List<Sold> sold() {
        return new SaleEffects(this).sold();
    }

    /** The change that a step from an earlier delivery state to this one makes to the totals of all dates. */
    public TotalChange deliveryChange(Delivery before) {
        return new SaleEffects(this).deliveryChange(before);
    }

    /** The change to the number of sales that wait for a manager, since an earlier state. */
    public TotalChange reviewChange(Delivery before) {
        return new SaleEffects(this).reviewChange(before);
    }
}
