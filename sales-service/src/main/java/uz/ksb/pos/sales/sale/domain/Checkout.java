package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.domain.rules.SaleRules;

/** How a sale comes to its end: payments, time and business day, and the rules they break. */
public record Checkout(
        SaleContent sale,
        List<Payment> payments,
        Settlement settled,
        List<RuleViolation> broken,
        Seller seller,
        TillTime till,
        Instant claimedAt,
        Long deviceSequence) {
    private static final BigDecimal LARGEST = new BigDecimal("100000000000000");

    public static Checkout of(SaleContent sale, List<NewPayment> paid, Seller seller, TillTime till) {
        List<Payment> payments = new ArrayList<>();
        List<RuleViolation> broken = new ArrayList<>();
        List<NewPayment> given = paid == null ? List.of() : paid;
        for (int i = 0; i < given.size(); i++) {
            payments.add(payment(given.get(i), sale, "payments[" + i + "]", broken));
        }
        Settlement settled = SaleArithmetic.settle(
                sale.total(),
                sale.rounding(),
                positive(sale.rate()),
                payments.stream().map(Payment::paid).toList());
        broken.addAll(SaleRules.brokenBy(sale, payments, settled));
        return new Checkout(sale, List.copyOf(payments), settled, broken, seller, till, till.now(), null);
    }

    /** The till's time; absent: that of the receipt. */
    public Checkout at(OffsetDateTime claimed) {
        SaleContent.require(
                claimed == null || TillTime.isATime(claimed), "completedAt", "is not a time of this calendar");
        // Milliseconds are what tills know, and microseconds all that the database keeps.
        Instant time = (claimed == null ? till.now() : claimed.toInstant()).truncatedTo(ChronoUnit.MICROS);
        return new Checkout(sale, payments, settled, broken, seller, till, time, deviceSequence);
    }

    public Checkout numbered(Long sequence) {
        return new Checkout(sale, payments, settled, broken, seller, till, claimedAt, sequence);
    }

    public Completion completion(List<String> flags) {
        TillTime.Corrected corrected = till.correct(claimedAt);
        ZonedDateTime there = corrected.time().atZone(seller.zone());
        return new Completion(
                deviceSequence,
                corrected.time(),
                claimedAt,
                there.toLocalDateTime()
                        .minusNanos(seller.dayStart().toNanoOfDay())
                        .toLocalDate(),
                there.getHour(),
                payments,
                settled.paid(),
                settled.change(),
                Completion.Main.of(sale, payments, settled),
                Stream.of(
                                flags.stream(),
                                seller.flags().stream(),
                                corrected.flagged() ? Stream.of("clock") : Stream.<String>empty())
                        .flatMap(flag -> flag)
                        .distinct()
                        .sorted()
                        .toList(),
                ContentHash.of(sale, payments, claimedAt));
    }

    private static Payment payment(NewPayment given, SaleContent sale, String field, List<RuleViolation> broken) {
        SaleContent.require(given != null && given.kind() != null, field + ".kind", "is missing");
        SaleContent.require(given.amount() != null, field + ".amount", "is missing");
        String currency = given.currency() == null
                ? sale.currency()
                : SaleContent.currency(given.currency(), field + ".currency");
        BigDecimal rate = SaleContent.plain(given.rate(), 0, field + ".rate");
        if (currency.equals(sale.currency())) {
            rate = sale.rate();
        } else if (currency.equals(sale.mainCurrency())) {
            rate = BigDecimal.ONE;
        } else if (rate == null || rate.signum() <= 0) {
            broken.add(new RuleViolation("rate", field + ".rate", "is needed for another currency"));
        }
        BigDecimal amount = SaleContent.plain(given.amount(), 2, field + ".amount");
        SaleContent.require(
                amount.abs().multiply(positive(rate)).compareTo(LARGEST) < 0, field + ".amount", "is too large");
        return new Payment(
                given.kind(),
                amount,
                currency,
                positive(rate),
                given.rateDate(),
                SaleContent.shortText(given.cashDesk(), field + ".cashDesk"));
    }

    private static BigDecimal positive(BigDecimal rate) {
        return rate == null || rate.signum() <= 0 ? BigDecimal.ONE : rate;
    }
}
