package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Discount;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;

/** Giving back by a receipt: how much of what was sold, and how much money. Pure. */
public final class ReturnCalculator {
    private static final Returned NOTHING = new Returned(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private ReturnCalculator() {}

    /** How much of a line came back already, and what was given back for it. */
    public record Returned(BigDecimal quantity, BigDecimal sum, BigDecimal net) {}

    public record NewReturn(
            UUID id,
            OffsetDateTime completedAt,
            Long deviceSequence,
            List<ReturnedLine> lines,
            List<NewPayment> payments,
            BigDecimal rounding,
            String comment) {}

    public record ReturnedLine(String lineId, BigDecimal quantity) {}

    /**
     * The return as a finished sale of its own; without payments the sum goes back in cash.
     *
     * @throws Problem 422 when more comes back than was sold and not returned yet, or the money is not what is due
     */
    public static CompletedSale of(
            CompletedSale sold, NewReturn asked, Map<String, Returned> before, Seller seller, TillTime time) {
        SaleContent content = content(sold, asked, before);
        RuleViolation.throwIfAny(exceeding(content, sold, before));
        List<NewPayment> payments = asked.payments() == null
                ? List.of(new NewPayment(Means.CASH, content.due(), content.currency(), null, null, null))
                : asked.payments();
        Checkout finishing = Checkout.of(content, payments, seller, time)
                .at(asked.completedAt())
                .numbered(asked.deviceSequence());
        RuleViolation.throwIfAny(finishing.broken());
        return new CompletedSale(
                seller.ksbId(),
                asked.id(),
                1,
                content,
                Origin.of(seller, time.now()),
                finishing.completion(List.of()),
                Delivery.WAITING);
    }

    /** Which lines of a return exceed what was sold. */
    public static List<RuleViolation> exceeding(SaleContent content, CompletedSale sold, Map<String, Returned> before) {
        Map<String, Line> byId = byId(sold);
        Map<String, BigDecimal> quantities = new HashMap<>();
        Map<String, BigDecimal> sums = new HashMap<>();
        List<RuleViolation> broken = new ArrayList<>();
        for (int i = 0; i < content.lines().size(); i++) {
            Line line = content.lines().get(i);
            Line original = byId.get(String.valueOf(line.returnOfLine()));
            String field = "lines[" + i + "]";
            if (original == null) {
                broken.add(new RuleViolation("unknown-return", field + ".returnOfLine", "is no line of that sale"));
                continue;
            }
            Returned earlier = before.getOrDefault(original.lineId(), NOTHING);
            BigDecimal quantity = quantities.merge(original.lineId(), line.quantity(), BigDecimal::add);
            BigDecimal sum = sums.merge(original.lineId(), line.net(), BigDecimal::add);
            if (earlier.quantity().add(quantity).compareTo(original.quantity()) > 0) {
                broken.add(new RuleViolation(
                        "return",
                        field + ".quantity",
                        "exceeds what was sold and not returned: "
                                + original.quantity()
                                        .subtract(earlier.quantity())
                                        .toPlainString()));
            } else if (earlier.net().add(sum).compareTo(original.net()) > 0) {
                broken.add(new RuleViolation("return", field + ".price", "gives back more than was paid"));
            }
        }
        return broken;
    }

    /** @throws Problem 400 when it says not what comes back, 413 when it has too many lines */
    public static void require(NewReturn asked) {
        SaleContent.require(asked != null && asked.id() != null, "id", "is missing");
        SaleContent.require(asked.lines() != null && !asked.lines().isEmpty(), "lines", "is missing");
        if (asked.lines().size() > SaleContent.MAX_LINES) {
            throw Problem.tooLarge("A sale has at most " + SaleContent.MAX_LINES + " lines.");
        }
        for (int i = 0; i < asked.lines().size(); i++) {
            ReturnedLine line = asked.lines().get(i);
            String field = "lines[" + i + "]";
            SaleContent.require(line != null && line.lineId() != null, field + ".lineId", "is missing");
            SaleContent.require(
                    SaleContent.plain(line.quantity(), 0, field + ".quantity") != null,
                    field + ".quantity",
                    "is missing");
        }
    }

    private static SaleContent content(CompletedSale sold, NewReturn asked, Map<String, Returned> before) {
        SaleContent.require(!asked.id().equals(sold.id()), "id", "is that of the sale itself");
        Map<String, Line> byId = byId(sold);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < asked.lines().size(); i++) {
            lines.add(line(asked.lines().get(i), i, byId, before));
        }
        BigDecimal sum = lines.stream().map(Line::sum).reduce(new BigDecimal("0.00"), BigDecimal::add);
        BigDecimal discount = lines.stream().map(Line::discount).reduce(new BigDecimal("0.00"), BigDecimal::add);
        SaleContent whole = sold.content();
        BigDecimal total = sum.subtract(discount);
        return new SaleContent(
                SaleKind.RETURN,
                sold.id(),
                whole.customerId(),
                whole.currency(),
                whole.mainCurrency(),
                whole.rate(),
                whole.priceType(),
                whole.warehouse(),
                new Discount(discount, null),
                rounding(whole, asked, total),
                SaleContent.remark(asked.comment()),
                List.copyOf(lines),
                discount,
                total);
    }

    private static Line line(ReturnedLine asked, int i, Map<String, Line> byId, Map<String, Returned> before) {
        String field = "lines[" + i + "]";
        Line line = byId.get(asked.lineId());
        if (line == null) {
            throw Problem.rule("rule-return", field + ".lineId", "is no line of that sale");
        }
        BigDecimal quantity = SaleContent.plain(asked.quantity(), 0, field + ".quantity");
        if (quantity.signum() <= 0 || quantity.scale() > 3) {
            throw Problem.rule("rule-return", field + ".quantity", "must be more than zero, with at most 3 decimals");
        }
        Returned earlier = before.getOrDefault(line.lineId(), NOTHING);
        BigDecimal until = earlier.quantity().add(quantity).min(line.quantity());
        // What comes back last takes the rest: together exactly what was paid.
        BigDecimal sum =
                SaleArithmetic.share(line.sum(), until, line.quantity()).subtract(earlier.sum());
        BigDecimal net =
                SaleArithmetic.share(line.net(), until, line.quantity()).subtract(earlier.net());
        return new Line(
                "r-" + (i + 1),
                line.productId(),
                line.name(),
                line.unit(),
                line.price(),
                line.priceVersion(),
                line.basePrice(),
                line.baseCurrency(),
                line.rate(),
                quantity,
                line.warehouse(),
                line.lineId(),
                sum,
                sum.subtract(net));
    }

    /** The whole receipt gives back its cash rounding too, unless the till says otherwise. */
    private static BigDecimal rounding(SaleContent whole, NewReturn asked, BigDecimal total) {
        BigDecimal given = SaleContent.plain(asked.rounding(), 2, "rounding");
        if (given != null) {
            if (given.abs().compareTo(whole.rounding().abs()) > 0) {
                throw Problem.rule("rule-rounding", "rounding", "exceeds that of the sale");
            }
            return given.setScale(2, RoundingMode.HALF_UP);
        }
        boolean everything = total.compareTo(whole.total()) == 0;
        boolean exact = asked.payments() != null
                && asked.payments().stream()
                                .map(NewPayment::amount)
                                .filter(amount -> amount != null)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .compareTo(total)
                        == 0;
        return everything && !exact ? whole.rounding() : new BigDecimal("0.00");
    }

    private static Map<String, Line> byId(CompletedSale sold) {
        return sold.content().lines().stream()
                .collect(Collectors.toMap(Line::lineId, Function.identity(), (one, other) -> one));
    }
}
