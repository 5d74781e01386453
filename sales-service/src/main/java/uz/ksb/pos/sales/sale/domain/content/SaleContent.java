package uz.ksb.pos.sales.sale.domain.content;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.Text;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Discount;
import uz.ksb.pos.sales.money.SaleArithmetic.PricedLine;
import uz.ksb.pos.sales.money.SaleArithmetic.Sums;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewLine;

/**
 * What a till says about a sale, with the sums made of it. Decimals have one form, so equal contents are {@code equal}.
 *
 * @param rate main-currency units for one unit of {@code currency}; 1 when it is the main one
 * @param asked the discount as given; {@code discount} is what it comes to
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
        BigDecimal total) {
    /** More lines are refused as too large. */
    public static final int MAX_LINES = 2_000;

    private static final UUID NO_CUSTOMER = new UUID(0, 0);
    /** Digits beyond which a decimal is no amount but an attack. */
    private static final int MAX_DIGITS = 24;

    private static final int MAX_SUM_DIGITS = 14;
    private static final int SHORT = 100;
    private static final int LONG = 1_000;

    /**
     * @throws Problem 400 when it cannot be read as a sale, 413 when it has too many lines; broken rules are not looked at
     */
    public static SaleContent of(NewSale sale, Seller seller) {
        require(sale.lines() != null, "lines", "is missing");
        if (sale.lines().size() > MAX_LINES) {
            throw Problem.tooLarge("A sale has at most " + MAX_LINES + " lines.");
        }
        String currency = currency(sale.currency(), "currency");
        Discount asked = sale.discount() == null
                ? Discount.NONE
                : new Discount(
                        plain(sale.discount().amount(), 2, "discount.amount"),
                        plain(sale.discount().percent(), 0, "discount.percent"));
        List<PricedLine> priced = new ArrayList<>();
        for (int i = 0; i < sale.lines().size(); i++) {
            priced.add(priced(sale.lines().get(i), "lines[" + i + "]"));
        }
        Sums sums = SaleArithmetic.sums(priced, asked);
        List<Line> lines = new ArrayList<>(priced.size());
        for (int i = 0; i < priced.size(); i++) {
            lines.add(line(sale.lines().get(i), priced.get(i), sums, i));
        }
        BigDecimal rate = currency.equals(seller.currency()) || sale.rate() == null
                ? BigDecimal.ONE
                : plain(sale.rate(), 0, "rate");
        require(wholeDigits(rate) <= 9 && rate.scale() <= 6, "rate", "has too many digits");
        require(
                wholeDigits(SaleArithmetic.converted(sums.total(), rate, BigDecimal.ONE)) <= MAX_SUM_DIGITS,
                "total",
                "is too large");
        return new SaleContent(
                sale.kind() == null ? SaleKind.SALE : sale.kind(),
                sale.returnOf(),
                customer(sale.customerId()),
                currency,
                seller.currency(),
                rate,
                text(sale.priceType(), SHORT, "priceType"),
                text(sale.warehouse(), SHORT, "warehouse"),
                asked,
                sale.rounding() == null ? new BigDecimal("0.00") : rounding(sale.rounding()),
                remark(sale.comment()),
                List.copyOf(lines),
                sums.discount(),
                sums.total());
    }

    public SaleContent completedWith(UUID customer, String remark, BigDecimal cashRounding) {
        return new SaleContent(
                kind,
                returnOf,
                customer(customer) == null ? customerId : customer,
                currency,
                mainCurrency,
                rate,
                priceType,
                warehouse,
                asked,
                cashRounding == null ? rounding : rounding(cashRounding),
                remark == null ? comment : remark(remark),
                lines,
                discount,
                total);
    }

    /** Ids of the products it names. */
    public List<String> products() {
        return lines.stream().map(Line::productId).distinct().toList();
    }

    private static BigDecimal rounding(BigDecimal given) {
        BigDecimal rounding = plain(given, 2, "rounding").setScale(2, RoundingMode.HALF_UP);
        require(wholeDigits(rounding) <= MAX_SUM_DIGITS, "rounding", "is too large");
        return rounding;
    }

    /** Where a line's goods are taken from; null: nobody says. */
    public String warehouseOf(Line line) {
        return line.warehouse() == null ? warehouse : line.warehouse();
    }

    public BigDecimal due() {
        return total.add(rounding);
    }

    /** One form for equal decimals: no trailing zeros beyond {@code scale}. */
    public static BigDecimal plain(BigDecimal value, int scale, String field) {
        if (value == null) {
            return null;
        }
        require(
                value.precision() <= MAX_DIGITS && Math.abs((long) value.scale()) <= MAX_DIGITS,
                field,
                "has too many digits");
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < scale ? stripped.setScale(scale, RoundingMode.UNNECESSARY) : stripped;
    }

    public static UUID customer(UUID given) {
        return NO_CUSTOMER.equals(given) ? null : given;
    }

    public static String currency(String given, String field) {
        require(given != null && given.matches("[A-Z]{3}"), field, "is not a currency code");
        return given;
    }

    public static void require(boolean fulfilled, String field, String message) {
        if (!fulfilled) {
            throw Problem.invalid(field, message);
        }
    }

    private static PricedLine priced(NewLine line, String field) {
        require(line != null, field, "is missing");
        require(line.lineId() != null && !line.lineId().isBlank(), field + ".lineId", "is missing");
        require(line.productId() != null && !line.productId().isBlank(), field + ".productId", "is missing");
        require(line.price() != null, field + ".price", "is missing");
        require(line.quantity() != null, field + ".quantity", "is missing");
        PricedLine priced = new PricedLine(
                plain(line.price(), 2, field + ".price"), plain(line.quantity(), 0, field + ".quantity"));
        require(wholeDigits(priced.price()) <= 12, field + ".price", "is too large");
        require(wholeDigits(priced.quantity()) <= 9, field + ".quantity", "is too large");
        require(
                wholeDigits(priced.price()) + wholeDigits(priced.quantity()) <= 14,
                field + ".quantity",
                "makes a sum that is too large");
        return priced;
    }

    /** @throws Problem 400, see {@link Text} */
    public static String text(String given, int longest, String field) {
        return Text.atMost(longest, given, field);
    }

    public static String remark(String given) {
        return text(given, LONG, "comment");
    }

    public static String shortText(String given, String field) {
        return text(given, SHORT, field);
    }

    private static int wholeDigits(BigDecimal value) {
        return value.precision() - value.scale();
    }

    private static Line line(NewLine line, PricedLine priced, Sums sums, int i) {
        String field = "lines[" + i + "]";
        return new Line(
                shortText(line.lineId(), field + ".lineId"),
                shortText(line.productId(), field + ".productId"),
                text(line.name(), LONG, field + ".name"),
                shortText(line.unit(), field + ".unit"),
                priced.price(),
                line.priceVersion(),
                plain(line.basePrice(), 2, field + ".basePrice"),
                shortText(line.baseCurrency(), field + ".baseCurrency"),
                plain(line.rate(), 0, field + ".rate"),
                priced.quantity(),
                shortText(line.warehouse(), field + ".warehouse"),
                shortText(line.returnOfLine(), field + ".returnOfLine"),
                sums.lineSums().get(i),
                sums.lineDiscounts().get(i));
    }
}
