package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/**
 * That and how a sale was finished.
 *
 * @param completedAt corrected by the till's clock; {@code claimedAt} is what the till said
 * @param businessDate completedAt in the enterprise's zone, shifted by its day start
 * @param hour of the day there, 0-23
 * @param main the figures in the enterprise's main currency, at the frozen rates
 * @param contentHash two finished sales of one id are the same when this is
 */
public record Completion(
        Long deviceSequence,
        Instant completedAt,
        Instant claimedAt,
        LocalDate businessDate,
        int hour,
        List<Payment> payments,
        BigDecimal paid,
        BigDecimal change,
        Main main,
        List<String> flags,
        String contentHash) {

    /** cash is less change; all positive, whatever the kind. */
    public record Main(
            BigDecimal total,
            BigDecimal cash,
            BigDecimal card,
            BigDecimal debt,
            BigDecimal discount,
            BigDecimal rounding) {

        static Main of(SaleContent sale, List<Payment> payments, Settlement settled) {
            return new Main(
                    main(sale.total(), sale),
                    by(Means.CASH, payments).subtract(main(settled.change(), sale)),
                    by(Means.CARD, payments),
                    by(Means.DEBT, payments),
                    main(sale.discount(), sale),
                    main(sale.rounding(), sale));
        }

        private static BigDecimal main(BigDecimal amount, SaleContent sale) {
            return SaleArithmetic.converted(amount, sale.rate(), BigDecimal.ONE);
        }

        private static BigDecimal by(Means kind, List<Payment> payments) {
            return payments.stream()
                    .filter(payment -> payment.kind() == kind)
                    .map(payment -> SaleArithmetic.converted(payment.amount(), payment.rate(), BigDecimal.ONE))
                    .reduce(new BigDecimal("0.00"), BigDecimal::add);
        }
    }

    /** The payments without the change, debts included, in the sale's currency. */
    BigDecimal kept() {
        return paid.subtract(change);
    }

    Completion flagged(Flag flag) {
        return new Completion(
                deviceSequence,
                completedAt,
                claimedAt,
                businessDate,
                hour,
                payments,
                paid,
                change,
                main,
                Stream.concat(flags.stream(), Stream.of(flag.text()))
                        .distinct()
                        .sorted()
                        .toList(),
                contentHash);
    }
}
