package uz.ksb.pos.sales.sale.domain;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.house.Rates;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewReturn;
import uz.ksb.pos.sales.sale.domain.content.NewReturn.ReturnedLine;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewLine;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;

/** The words of a sale, for tests: {@code aSale().with(line("Shakar").times("2").at("520")).paid(cash("1040"))}. */
final class SaleDsl {
    static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    static final TillTime TIME = TillTime.of(NOW, null);
    static final UUID CUSTOMER = UUID.fromString("019a9f4e-0000-7000-8000-00000000c001");
    static final String CASHIER = "kassir";

    /** One dollar is 12 650.50 so'm; cash in so'm is rounded to 100. */
    static final House HOUSE = new House(
            Map.of("UZS", BigDecimal.valueOf(100)),
            null,
            new Rates(List.of(new Rates.Rate("USD", new BigDecimal("12650.50"), NOW.minusSeconds(3_600_000)))));

    private SaleDsl() {}

    static BigDecimal decimal(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    static Seller cashier() {
        return seller(false, true);
    }

    static Seller manager() {
        return seller(true, true);
    }

    static Seller seller(boolean manager, boolean mayChangePrice) {
        return seller(manager, mayChangePrice, null);
    }

    /** @param maxDiscount percent; null: not limited */
    static Seller seller(boolean manager, boolean mayChangePrice, String maxDiscount, String... priceTypes) {
        return new Seller(
                "10000001",
                "019a9f4e-0000-7000-8000-0000000000dd",
                "2",
                CASHIER,
                manager,
                ZoneId.of("Asia/Tashkent"),
                LocalTime.MIDNIGHT,
                "UZS",
                decimal(maxDiscount),
                Set.of(priceTypes),
                mayChangePrice,
                true,
                null,
                List.of(),
                false);
    }

    static NewPayment cash(String amount) {
        return payment(Means.CASH, amount, "UZS");
    }

    static NewPayment card(String amount) {
        return payment(Means.CARD, amount, "UZS");
    }

    static NewPayment debt(String amount) {
        return payment(Means.DEBT, amount, "UZS");
    }

    static NewPayment payment(Means kind, String amount, String currency) {
        return new NewPayment(kind, decimal(amount), currency, null, null, null, null, null);
    }

    /** One piece for 1.00; its id and product are the name. */
    static LineText line(String name) {
        return new LineText(name);
    }

    /** A line as a till writes it. */
    @CanIgnoreReturnValue
    static final class LineText {
        private final String product;
        private String id;
        private String quantity = "1";
        private String price = "1";
        private String basePrice;
        private Long priceVersion;
        private String warehouse;

        private LineText(String product) {
            this.product = product;
            this.id = product;
        }

        LineText times(String number) {
            quantity = number;
            return this;
        }

        LineText at(String forOne) {
            price = forOne;
            return this;
        }

        /** The price before the seller changed it, as the till says. */
        LineText listedAt(String forOne) {
            basePrice = forOne;
            return this;
        }

        /** @param version of the product's prices that the till knew */
        LineText pricedBy(long version) {
            priceVersion = version;
            return this;
        }

        LineText in(String itsWarehouse) {
            warehouse = itsWarehouse;
            return this;
        }

        /** With another id; on a return it is the receipt's line that comes back. */
        LineText as(String lineId) {
            id = lineId;
            return this;
        }

        NewLine text() {
            return new NewLine(
                    id,
                    product,
                    product,
                    "dona",
                    decimal(price),
                    priceVersion,
                    decimal(basePrice),
                    null,
                    null,
                    decimal(quantity),
                    warehouse,
                    id,
                    null);
        }
    }

    static SaleText aSale() {
        return new SaleText();
    }

    static SaleText aReturnOf(CompletedSale sold) {
        return aReturnWithoutReceipt().naming(sold.id());
    }

    static SaleText aReturnWithoutReceipt() {
        SaleText text = new SaleText();
        text.kind = SaleKind.RETURN;
        return text;
    }

    /** A sale as a till writes it. */
    @CanIgnoreReturnValue
    static final class SaleText {
        private final UUID id = Ids.next();
        private SaleKind kind = SaleKind.SALE;
        private UUID returnOf;
        private UUID customer;
        private String currency = "UZS";
        private String rate;
        private String priceType;
        private String rounding;
        private String discount;
        private Long sequence;
        private final List<NewLine> lines = new ArrayList<>();
        private List<NewPayment> payments;

        SaleText with(LineText... more) {
            Stream.of(more).map(LineText::text).forEach(lines::add);
            return this;
        }

        SaleText pricedAs(String type) {
            priceType = type;
            return this;
        }

        SaleText naming(UUID receipt) {
            returnOf = receipt;
            return this;
        }

        SaleText to(UUID other) {
            customer = other;
            return this;
        }

        SaleText in(String other, String itsRate) {
            currency = other;
            rate = itsRate;
            return this;
        }

        SaleText rounded(String by) {
            rounding = by;
            return this;
        }

        SaleText discounted(String amount) {
            discount = amount;
            return this;
        }

        SaleText numbered(long number) {
            sequence = number;
            return this;
        }

        SaleText paid(NewPayment... by) {
            payments = List.of(by);
            return this;
        }

        NewSale text() {
            return new NewSale(
                    id,
                    0,
                    kind,
                    returnOf,
                    customer,
                    currency,
                    decimal(rate),
                    priceType,
                    null,
                    discount == null ? null : new NewSale.NewDiscount(decimal(discount), null),
                    decimal(rounding),
                    null,
                    null,
                    null,
                    null,
                    lines,
                    NOW.atOffset(ZoneOffset.UTC),
                    sequence,
                    payments,
                    null,
                    null,
                    null,
                    null);
        }

        /** Finished at a till that was offline. */
        CompletedSale offline(Known known) {
            NewSale sale = text();
            return CompletedSale.paidOffline(
                    sale, CompletedSale.contentOf(sale, cashier()), cashier(), TIME, known, "2");
        }

        CompletedSale offline() {
            return offline(known());
        }

        OpenSale open(Known known) {
            return OpenSale.written(id, text(), cashier(), NOW).checked(known, cashier(), NOW);
        }

        /** Written and completed at a till that is online. */
        CompletedSale online(Known known) {
            OpenSale open = open(known);
            return open.complete(completion(open.content().total().toPlainString()), cashier(), TIME, known)
                    .sale();
        }

        CompletedSale online() {
            return online(known());
        }

        private NewCompletion completion(String sum) {
            return new NewCompletion(
                    1,
                    decimal(sum),
                    payments,
                    customer,
                    null,
                    decimal(rounding),
                    OffsetDateTime.ofInstant(NOW, ZoneOffset.UTC),
                    sequence,
                    null,
                    null,
                    null);
        }
    }

    static Known known() {
        return Known.of(Catalogue.UNKNOWN, HOUSE);
    }

    static Known knowing(CompletedSale sold, CompletedSale... returns) {
        return known().withReceipt(Receipt.of(sold, List.of(returns)));
    }

    /** Goods come back at {@code /returns}; payments null: left out. */
    static CompletedSale takeBack(Receipt receipt, List<NewPayment> payments, ReturnedLine... lines) {
        return CompletedSale.returned(
                new NewReturn(Ids.next(), null, null, List.of(lines), payments, null, null, null, null),
                cashier(),
                TIME,
                known().withReceipt(receipt));
    }

    static ReturnedLine back(String line, String quantity) {
        return new ReturnedLine(line, decimal(quantity), null);
    }

    static CompletedSale[] plus(CompletedSale[] before, CompletedSale one) {
        return Stream.concat(Stream.of(before), Stream.of(one)).toArray(CompletedSale[]::new);
    }
}
