package uz.ksb.pos.sales.sale.domain.content;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Discount;
import uz.ksb.pos.sales.money.SaleArithmetic.PricedLine;
import uz.ksb.pos.sales.money.SaleArithmetic.Sums;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewLine;

/**
 * The content of a sale, with its sums. Decimals have one form, so equal contents are {@code equal}.
 *
 * @param rate main-currency units for one unit of {@code currency}; null: left out, and the house's not yet filled in
 * @param asked the discount as given; {@code discount} is the amount it comes to
 * @param approvedBy the login of the manager who let it pass; of a sale made offline it may be as the till says
 */
public record SaleContent(
        SaleKind kind,
        UUID returnOf,
        UUID customerId,
        String currency,
        String mainCurrency,
        BigDecimal rate,
        String priceType,
        String warehouse,
        Discount asked,
        BigDecimal rounding,
        String comment,
        List<Line> lines,
        BigDecimal discount,
        BigDecimal total,
        Fiscal fiscal,
        String approvedBy) {
    /** More lines are refused as too large. */
    public static final int MAX_LINES = 2_000;
    /** The most a sale may come to, in the main currency and in its own. */
    public static final BigDecimal MAX_TOTAL = new BigDecimal("1000000000000.00");

    private static final BigDecimal ZERO = new BigDecimal("0.00");

    /**
     * @throws Problem 400 when it cannot be read as a sale, 413 when it has too many lines; broken rules are not looked at
     */
    public static SaleContent of(NewSale sale, Seller seller) {
        Fields.require(sale.lines() != null, "lines", "is missing");
        if (sale.lines().size() > MAX_LINES) {
            throw Problem.tooLarge("A sale has at most " + MAX_LINES + " lines.");
        }
        String currency = Fields.currency(sale.currency(), "currency");
        Discount asked = sale.discount() == null
                ? Discount.NONE
                : new Discount(
                        Fields.plain(sale.discount().amount(), 2, "discount.amount"),
                        Fields.plain(sale.discount().percent(), 0, "discount.percent"));
        List<PricedLine> priced = new ArrayList<>();
        for (int i = 0; i < sale.lines().size(); i++) {
            priced.add(priced(sale.lines().get(i), "lines[" + i + "]"));
        }
        Sums sums = SaleArithmetic.sums(priced, asked);
        List<Line> lines = new ArrayList<>(priced.size());
        for (int i = 0; i < priced.size(); i++) {
            lines.add(line(sale.lines().get(i), priced.get(i), sums, i));
        }
        BigDecimal rate = sale.rate() == null && currency.equals(seller.currency())
                ? BigDecimal.ONE
                : Fields.rate(sale.rate(), "rate");
        SaleContent content = new SaleContent(
                sale.kind() == null ? SaleKind.SALE : sale.kind(),
                sale.returnOf(),
                Fields.customer(sale.customerId()),
                currency,
                seller.currency(),
                rate,
                Fields.shortText(sale.priceType(), "priceType"),
                Fields.shortText(sale.warehouse(), "warehouse"),
                asked,
                sale.rounding() == null ? ZERO : Fields.rounding(sale.rounding()),
                Fields.remark(sale.comment()),
                List.copyOf(lines),
                sums.discount(),
                sums.total(),
                sale.fiscal() == null ? null : sale.fiscal().checked(),
                Fields.shortText(sale.approvedBy(), "approvedBy"));
        content.checkLimit();
        return content;
    }

    /** The same, paid: with what the completion adds. */
    public SaleContent completedWith(NewCompletion paid) {
        UUID customer = Fields.customer(paid.customerId());
        return copy(
                customer == null ? customerId : customer,
                rate,
                paid.rounding() == null ? rounding : Fields.rounding(paid.rounding()),
                paid.comment() == null ? comment : Fields.remark(paid.comment()),
                lines,
                paid.fiscal() == null ? fiscal : paid.fiscal().checked(),
                approvedBy);
    }

    /** The same, and who let it pass. */
    public SaleContent approvedBy(String login) {
        return copy(customerId, rate, rounding, comment, lines, fiscal, login);
    }

    /**
     * With rates for those that were left out.
     *
     * @throws Problem 400 when it comes to more than {@link #MAX_TOTAL} by them
     */
    public SaleContent withRates(BigDecimal itsRate, UnaryOperator<Line> lineWithRate) {
        List<Line> rated = lines.stream().map(lineWithRate).toList();
        SaleContent sale = copy(customerId, itsRate, rounding, comment, rated, fiscal, approvedBy);
        sale.checkLimit();
        return sale;
    }

    public SaleContent withLines(List<Line> others) {
        return copy(customerId, rate, rounding, comment, others, fiscal, approvedBy);
    }

    private SaleContent copy(
            UUID customer,
            BigDecimal itsRate,
            BigDecimal itsRounding,
            String remark,
            List<Line> itsLines,
            Fiscal itsFiscal,
            String approver) {
        return new SaleContent(
                kind,
                returnOf,
                customer,
                currency,
                mainCurrency,
                itsRate,
                priceType,
                warehouse,
                asked,
                itsRounding,
                remark,
                itsLines,
                discount,
                total,
                itsFiscal,
                approver);
    }

    /** The return of these lines of this sale; {@code by} brings what does not come from the receipt. */
    public SaleContent returned(UUID receipt, List<Line> back, BigDecimal itsRounding, SaleContent by) {
        BigDecimal off = sum(back.stream().map(Line::discount).toList());
        return new SaleContent(
                SaleKind.RETURN,
                receipt,
                customerId,
                currency,
                mainCurrency,
                rate,
                priceType,
                warehouse,
                new Discount(off, null),
                itsRounding,
                by.comment,
                List.copyOf(back),
                off,
                sum(back.stream().map(Line::net).toList()),
                by.fiscal,
                by.approvedBy);
    }

    /** A return whose lines are not known yet, with a comment and the rest of what {@code asked} says. */
    public static SaleContent ofReturn(NewReturn asked, UUID receipt, SaleContent sold) {
        return new SaleContent(
                SaleKind.RETURN,
                receipt,
                sold.customerId,
                sold.currency,
                sold.mainCurrency,
                sold.rate,
                sold.priceType,
                sold.warehouse,
                Discount.NONE,
                ZERO,
                Fields.remark(asked.comment()),
                List.of(),
                ZERO,
                ZERO,
                asked.fiscal() == null ? null : asked.fiscal().checked(),
                null);
    }

    /** Whether it takes goods back by a receipt. */
    public boolean isReturnByReceipt() {
        return kind == SaleKind.RETURN && returnOf != null;
    }

    /** Whether a rate of the house concerns it. */
    public boolean needsRates() {
        return !currency.equals(mainCurrency)
                || rate.compareTo(BigDecimal.ONE) != 0
                || lines.stream().anyMatch(line -> line.rate() != null || line.baseCurrency() != null);
    }

    /** Ids of the products it names. */
    public List<String> products() {
        return lines.stream().map(Line::productId).distinct().toList();
    }

    /** The warehouse that a line's goods are taken from; null: not told. */
    public String warehouseOf(Line line) {
        return line.warehouse() == null ? warehouse : line.warehouse();
    }

    public BigDecimal due() {
        return total.add(rounding);
    }

    private void checkLimit() {
        BigDecimal main =
                rate == null || rate.signum() <= 0 ? total : SaleArithmetic.converted(total, rate, BigDecimal.ONE);
        Fields.require(
                total.abs().max(main.abs()).compareTo(MAX_TOTAL) <= 0,
                "total",
                "is more than " + MAX_TOTAL.toPlainString());
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(ZERO, BigDecimal::add);
    }

    private static PricedLine priced(NewLine line, String field) {
        Fields.require(line != null, field, "is missing");
        Fields.require(line.lineId() != null && !line.lineId().isBlank(), field + ".lineId", "is missing");
        Fields.require(line.productId() != null && !line.productId().isBlank(), field + ".productId", "is missing");
        Fields.require(line.price() != null, field + ".price", "is missing");
        Fields.require(line.quantity() != null, field + ".quantity", "is missing");
        PricedLine priced = new PricedLine(
                Fields.plain(line.price(), 2, field + ".price"), Fields.plain(line.quantity(), 0, field + ".quantity"));
        Fields.require(Fields.wholeDigits(priced.price()) <= 12, field + ".price", "is too large");
        Fields.require(Fields.wholeDigits(priced.quantity()) <= 9, field + ".quantity", "is too large");
        Fields.require(
                Fields.wholeDigits(priced.price()) + Fields.wholeDigits(priced.quantity()) <= 14,
                field + ".quantity",
                "makes a sum that is too large");
        return priced;
    }

    private static Line line(NewLine line, PricedLine priced, Sums sums, int i) {
        String field = "lines[" + i + "]";
        return new Line(
                Fields.shortText(line.lineId(), field + ".lineId"),
                Fields.shortText(line.productId(), field + ".productId"),
                Fields.text(line.name(), Fields.MAX_TEXT, field + ".name"),
                Fields.shortText(line.unit(), field + ".unit"),
                priced.price(),
                line.priceVersion(),
                Fields.plain(line.basePrice(), 2, field + ".basePrice"),
                line.baseCurrency() == null ? null : Fields.currency(line.baseCurrency(), field + ".baseCurrency"),
                Fields.rate(line.rate(), field + ".rate"),
                priced.quantity(),
                Fields.shortText(line.warehouse(), field + ".warehouse"),
                Fields.shortText(line.returnOfLine(), field + ".returnOfLine"),
                null,
                Fields.marks(line.marks(), field + ".marks"),
                null,
                null,
                null,
                sums.lineSums().get(i),
                sums.lineDiscounts().get(i));
    }
}
