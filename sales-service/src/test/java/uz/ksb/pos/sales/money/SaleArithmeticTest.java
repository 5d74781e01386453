package uz.ksb.pos.sales.money;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.sales.money.SaleArithmetic.Discount;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Paid;
import uz.ksb.pos.sales.money.SaleArithmetic.PricedLine;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.money.SaleArithmetic.Sums;

class SaleArithmeticTest {
    private static final int CASES = 2_000;

    @TestFactory
    Stream<DynamicTest> sumsEqualTheGoldenOnes() {
        return golden("sums", vector -> {
            Sums sums = SaleArithmetic.sums(lines(vector), discount(vector.get("discount")));
            assertThat(sums.lineSums()).isEqualTo(decimals(vector.get("lineSums")));
            assertThat(sums.lineDiscounts()).isEqualTo(decimals(vector.get("lineDiscounts")));
            assertThat(sums.discount()).isEqualTo(decimal(vector, "totalDiscount"));
            assertThat(sums.total()).isEqualTo(decimal(vector, "total"));
        });
    }

    @TestFactory
    Stream<DynamicTest> cashRoundingEqualsTheGoldenOnes() {
        return golden("cashRounding", vector -> assertThat(
                        SaleArithmetic.cashRounding(decimal(vector, "due"), decimal(vector, "step")))
                .isEqualTo(decimal(vector, "rounding")));
    }

    @TestFactory
    Stream<DynamicTest> settlementsEqualTheGoldenOnes() {
        return golden("settle", vector -> {
            Settlement settlement = SaleArithmetic.settle(
                    decimal(vector, "total"), decimal(vector, "rounding"), decimal(vector, "rate"), payments(vector));
            assertThat(settlement.cash()).isEqualTo(decimal(vector, "cash"));
            assertThat(settlement.card()).isEqualTo(decimal(vector, "card"));
            assertThat(settlement.debt()).isEqualTo(decimal(vector, "debt"));
            assertThat(settlement.change()).isEqualTo(decimal(vector, "change"));
            assertThat(settlement.missing()).isEqualTo(decimal(vector, "missing"));
            assertThat(settlement.excess()).isEqualTo(decimal(vector, "excess"));
        });
    }

    @TestFactory
    Stream<DynamicTest> returnsInPartsEqualTheGoldenOnes() {
        return golden("returns", vector -> {
            BigDecimal whole = decimal(vector, "whole");
            BigDecimal returned = BigDecimal.ZERO;
            BigDecimal refunded = BigDecimal.ZERO;
            List<BigDecimal> refunds = new ArrayList<>();
            for (BigDecimal part : decimals(vector.get("parts"))) {
                returned = returned.add(part);
                BigDecimal until = SaleArithmetic.share(decimal(vector, "net"), returned, whole);
                refunds.add(until.subtract(refunded));
                refunded = until;
            }
            assertThat(refunds).isEqualTo(decimals(vector.get("refunds")));
        });
    }

    @Test
    void noLineAndNoTotalIsEverNegativeAndTheSharesAddUp() {
        Property.forAll(CASES, random -> {
            Sums sums = someSums(random);
            assertThat(sums.total()).isNotNegative();
            assertThat(sum(sums.lineDiscounts())).isEqualByComparingTo(sums.discount());
            for (int line = 0; line < sums.lineSums().size(); line++) {
                assertThat(sums.lineDiscounts().get(line))
                        .isNotNegative()
                        .isLessThanOrEqualTo(sums.lineSums().get(line));
            }
        });
    }

    @Test
    void returningALineInAnyPartsGivesBackExactlyItsNetSum() {
        Property.forAll(CASES, random -> {
            BigDecimal net = cents(random, 1_000_000);
            BigDecimal whole = BigDecimal.valueOf(random.nextLong(1, 100_000), 3);
            BigDecimal returned = BigDecimal.ZERO;
            BigDecimal refunded = BigDecimal.ZERO;
            while (returned.compareTo(whole) < 0) {
                BigDecimal part =
                        BigDecimal.valueOf(random.nextLong(1, 50_000), 3).min(whole.subtract(returned));
                returned = returned.add(part);
                BigDecimal refund = SaleArithmetic.share(net, returned, whole).subtract(refunded);
                assertThat(refund).isNotNegative();
                refunded = refunded.add(refund);
            }
            assertThat(refunded).isEqualByComparingTo(net);
        });
    }

    @Test
    void cashCardAndDebtLessChangeAreTheTotalAndItsRounding() {
        Property.forAll(CASES, random -> {
            BigDecimal total = cents(random, 10_000_000);
            BigDecimal rounding = SaleArithmetic.cashRounding(total, BigDecimal.valueOf(100));
            BigDecimal rate = BigDecimal.valueOf(random.nextLong(1, 20_000_000_000L), 6);
            List<Paid> payments = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                payments.add(new Paid(
                        Means.values()[random.nextInt(3)],
                        cents(random, 5_000_000),
                        random.nextBoolean() ? rate : BigDecimal.ONE));
            }
            Settlement settled = SaleArithmetic.settle(total, rounding, rate, payments);
            assertThat(settled.change()).isLessThanOrEqualTo(settled.cash());
            assertThat(settled.cash()
                            .add(settled.card())
                            .add(settled.debt())
                            .subtract(settled.change())
                            .add(settled.missing())
                            .subtract(settled.excess()))
                    .isEqualByComparingTo(total.add(rounding));
        });
    }

    private static Sums someSums(RandomGenerator random) {
        List<PricedLine> lines = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            lines.add(new PricedLine(
                    BigDecimal.valueOf(random.nextLong(random.nextBoolean() ? 300 : 5_000_000), 4),
                    BigDecimal.valueOf(random.nextLong(1, 20_000), 3)));
        }
        BigDecimal figure = cents(random, random.nextBoolean() ? 100 : 10_000);
        return SaleArithmetic.sums(
                lines, random.nextBoolean() ? new Discount(figure, null) : new Discount(null, figure));
    }

    private static BigDecimal cents(RandomGenerator random, long below) {
        return BigDecimal.valueOf(random.nextLong(below), 2);
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Stream<DynamicTest> golden(String section, java.util.function.Consumer<JsonNode> check) {
        try (InputStream file = SaleArithmeticTest.class.getResourceAsStream("/golden/sale-arithmetic.json")) {
            return elements(new ObjectMapper().readTree(file).get(section)).stream()
                    .map(vector -> DynamicTest.dynamicTest(vector.get("name").asText(), () -> check.accept(vector)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<PricedLine> lines(JsonNode vector) {
        return elements(vector.get("lines")).stream()
                .map(line -> new PricedLine(decimal(line, "price"), decimal(line, "quantity")))
                .toList();
    }

    private static List<Paid> payments(JsonNode vector) {
        return elements(vector.get("payments")).stream()
                .map(paid -> new Paid(
                        Means.valueOf(paid.get("kind").asText()), decimal(paid, "amount"), decimal(paid, "rate")))
                .toList();
    }

    private static Discount discount(JsonNode node) {
        return new Discount(
                node.has("amount") ? decimal(node, "amount") : null,
                node.has("percent") ? decimal(node, "percent") : null);
    }

    private static List<BigDecimal> decimals(JsonNode array) {
        return elements(array).stream()
                .map(node -> new BigDecimal(node.asText()))
                .toList();
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asText());
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
