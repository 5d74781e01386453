package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.sale.domain.ReturnCalculator.Calculated;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.NewReturn.ReturnedLine;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;
import uz.ksb.pos.sales.sale.domain.rules.FrozenRates;
import uz.ksb.pos.sales.sale.domain.rules.PaymentRules;
import uz.ksb.pos.sales.sale.domain.rules.RateRules;
import uz.ksb.pos.sales.sale.domain.rules.SaleRules;

/**
 * The end of a sale or a return, by one rule set for all ways in: an open one that is completed, {@code /returns}, the
 * offline batch. The caller refuses violations before the sale is paid, or flags them after.
 */
final class Checkout {
    /** Online, a sale of a day that may be closed is refused. */
    private static final Duration MAX_AGE_ONLINE = Duration.ofHours(1);

    private final Seller seller;
    private final Known known;
    private final Instant claimedAt;
    private final TillTime.Corrected time;
    private final boolean online;
    private final Asked asked;
    private final List<RuleViolation> violations = new ArrayList<>();
    private final Set<Flag> marks = EnumSet.noneOf(Flag.class);
    private SaleContent content;
    private List<Payment> payments = List.of();
    private Settlement settled;
    private String hash;

    /**
     * @param payments null on a return by a receipt: the debt, then cash
     * @param total the till's; null: not told
     * @param lines of a return that names no products; null: those of the content
     */
    record Asked(
            List<NewPayment> payments,
            OffsetDateTime completedAt,
            Long deviceSequence,
            BigDecimal total,
            List<ReturnedLine> lines) {
        Asked {
            Fields.requireSequence(deviceSequence);
        }
    }

    private Checkout(Asked asked, Seller seller, TillTime till, Known known, boolean online) {
        this.online = online;
        this.asked = asked;
        this.seller = seller;
        this.known = known;
        Fields.require(
                asked.completedAt() == null || TillTime.isATime(asked.completedAt()),
                "completedAt",
                "is not a time of this calendar");
        // Milliseconds are what tills know, and microseconds all that the database keeps.
        this.claimedAt = (asked.completedAt() == null
                        ? till.now()
                        : asked.completedAt().toInstant())
                .truncatedTo(ChronoUnit.MICROS);
        this.time = till.correct(claimedAt);
    }

    /** A sale whose payment the server is asked for. */
    static Checkout online(SaleContent sent, Asked asked, Seller seller, TillTime till, Known known) {
        Checkout checkout = new Checkout(asked, seller, till, known, true);
        if (checkout.time.time().isBefore(till.now().minus(MAX_AGE_ONLINE))) {
            checkout.violations.add(new RuleViolation(Flag.CLOCK, "completedAt", "is more than an hour ago"));
        }
        return checkout.run(sent, till.now());
    }

    /** A sale that was paid already. */
    static Checkout offline(SaleContent sent, Asked asked, Seller seller, TillTime till, Known known) {
        Checkout checkout = new Checkout(asked, seller, till, known, false);
        return checkout.run(sent, checkout.time.time());
    }

    private Checkout run(SaleContent sent, Instant at) {
        violations.addAll(SaleRules.violations(sent, seller));
        if (sent.isReturnByReceipt()) {
            returnByReceipt(sent, at);
        } else {
            sale(sent, at);
        }
        if (content.lines().isEmpty() && violations.isEmpty()) {
            throw Problem.rule("rule-lines", "lines", "are missing");
        }
        if (known.numberTaken()) {
            marks.add(Flag.SEQUENCE_TWICE);
        }
        return this;
    }

    private void sale(SaleContent sent, Instant at) {
        RateRules rates = new RateRules(known.house(), sent.mainCurrency(), at, FrozenRates.NONE, violations);
        pay(rates.applyTo(sent), asked.payments() == null ? List.of() : asked.payments(), rates);
        violations.addAll(PaymentRules.cashViolations(content, payments, settled, known.house(), known.catalogue()));
        CatalogueRules.Verdict verdict = CatalogueRules.selling(
                content, seller, known.catalogue(), known.house().rates(), at, known.taken());
        violations.addAll(verdict.violations());
        marks.addAll(verdict.marks());
    }

    private void returnByReceipt(SaleContent sent, Instant at) {
        Receipt receipt = known.receipt();
        if (receipt == null) {
            violations.add(new RuleViolation(Flag.UNKNOWN_RETURN, "returnOf", "is not a finished sale"));
        }
        Calculated calculated = receipt == null || !violations.isEmpty() ? null : calculated(receipt, sent);
        if (calculated != null) {
            violations.addAll(calculated.violations());
        }
        FrozenRates frozen = receipt == null ? FrozenRates.NONE : receipt.frozenRates();
        RateRules rates = new RateRules(known.house(), sent.mainCurrency(), at, frozen, violations);
        if (violations.isEmpty()) {
            payBack(calculated, rates);
        }
        if (!violations.isEmpty() && (content == null || !online)) {
            // Paid out already, if it was offline: kept as the till says it.
            SaleContent placed = receipt == null ? sent : ReturnCalculator.placed(receipt, sent);
            pay(rates.applyTo(placed), asked.payments() == null ? List.of() : asked.payments(), rates);
        }
    }

    private Calculated calculated(Receipt receipt, SaleContent sent) {
        return asked.lines() == null
                ? ReturnCalculator.of(receipt, sent)
                : ReturnCalculator.of(receipt, sent, asked.lines());
    }

    private void payBack(Calculated calculated, RateRules rates) {
        List<NewPayment> given = asked.payments() == null
                ? calculated.payments().stream().map(Checkout::asGiven).toList()
                : asked.payments();
        pay(calculated.content(), given, rates);
        if (!calculated.lowersTheDebt(payments)) {
            violations.add(new RuleViolation(Flag.RETURN, "payments", "must lower the debt of the receipt first"));
        }
        if (asked.total() != null && asked.total().compareTo(content.total()) != 0) {
            violations.add(new RuleViolation(Flag.RETURN, "total", "is not what the receipt comes to"));
        }
    }

    private void pay(SaleContent whole, List<NewPayment> given, RateRules rates) {
        content = taxed(whole);
        violations.addAll(SaleRules.markViolations(whole.lines()));
        payments = PaymentRules.payments(given, whole, rates);
        settled = SaleArithmetic.settle(
                whole.total(),
                whole.rounding(),
                whole.rate(),
                payments.stream().map(Payment::paid).toList());
        violations.addAll(PaymentRules.violations(whole, given, payments, settled));
        hash = ContentHash.of(whole, given, claimedAt);
    }

    /** A line that comes back has what its receipt says. */
    private SaleContent taxed(SaleContent whole) {
        return whole.withLines(whole.lines().stream()
                .map(line -> line.returnOfIndex() != null
                        ? line
                        : known.catalogue()
                                .find(line.productId())
                                .map(product -> line.withTax(product.mxik(), product.packageCode(), product.vatRate()))
                                .orElse(line))
                .toList());
    }

    static NewPayment asGiven(Payment payment) {
        return new NewPayment(payment.kind(), payment.amount(), payment.currency(), null, null, null, null, null);
    }

    SaleContent content() {
        return content;
    }

    List<RuleViolation> violations() {
        return violations;
    }

    /** Whether it is a return that only a manager may let pass: it breaks its receipt's rules or has no receipt. */
    boolean needsManager() {
        return breaksReceipt()
                || violations.stream().anyMatch(violation -> violation.flag() == Flag.RETURN_WITHOUT_RECEIPT);
    }

    private boolean breaksReceipt() {
        return content.isReturnByReceipt() && !violations.isEmpty();
    }

    /** Flagged by what only marks a sale that is refused otherwise. */
    Completion completion() {
        return completion(marks);
    }

    /** Flagged by everything that is wrong. */
    Completion flaggedCompletion() {
        Set<Flag> flags = EnumSet.copyOf(marks);
        violations.forEach(violation -> flags.add(violation.flag()));
        if (breaksReceipt()) {
            flags.add(Flag.RETURN);
        }
        return completion(flags);
    }

    private Completion completion(Set<Flag> found) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(found);
        flags.addAll(seller.flags());
        if (time.flagged()) {
            flags.add(Flag.CLOCK);
        }
        ZonedDateTime there = time.time().atZone(seller.zone());
        return new Completion(
                asked.deviceSequence(),
                time.time(),
                claimedAt,
                there.toLocalDateTime()
                        .minusNanos(seller.dayStart().toNanoOfDay())
                        .toLocalDate(),
                there.getHour(),
                payments,
                settled.paid(),
                settled.change(),
                Completion.Main.of(content, payments, settled),
                flags.stream().map(Flag::text).sorted().toList(),
                hash);
    }
}
