package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aRate;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.complete;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Property;

/** Any sequence of what tills and managers do, by all ways in: the books agree with the sales afterwards. */
@QuarkusTest
class MoneySequenceTest {
    private static final String AT = "2026-11-01T10:00:00Z";
    private static final BigDecimal RATE = new BigDecimal("12650.50");
    private static final int STEPS = 60;

    /** Of returns that keep the rules: what they gave back of each receipt, and how much of it came back. */
    private static final String RECEIPTS = """
            select count(*) from (
              select s.id, s.total + s.rounding as paid, s.flags,
                     (select sum((line ->> 'quantity')::numeric) from jsonb_array_elements(s.lines) line) as sold,
                     r.given, r.back, r.sound
              from sales s join lateral (
                select sum(total + rounding) as given, bool_and(flags = '[]') as sound,
                       sum((select sum((line ->> 'quantity')::numeric) from jsonb_array_elements(lines) line)) as back
                from sales where ksb_id = s.ksb_id and return_of = s.id and status = 'COMPLETED'
                  and (held is null or held = 'return')) r on given is not null
              where s.ksb_id = '%s' and s.flags = '[]') receipts
            where sound and (given > paid or back > sold or back = sold and given <> paid)""";

    private static final String BALANCES = """
            select count(*) from (
              select customer_id, currency, sum(amount) as amount from (
                select customer_id, currency, -amount as amount from customer_balances where ksb_id = '%1$s'
                union all
                select s.customer_id, payment ->> 'currency',
                       case s.kind when 'SALE' then -1 else 1 end * round((payment ->> 'amount')::numeric, 2)
                from sales s, jsonb_array_elements(payments) as entry(payment)
                where s.ksb_id = '%1$s' and status = 'COMPLETED' and (held is null or held = 'return')
                  and customer_id is not null and payment ->> 'kind' = 'DEBT'
                union all
                select customer_id, currency, amount from customer_movements where ksb_id = '%1$s' and kind = 'PAYMENT'
              ) moved group by 1, 2) sums where amount <> 0""";

    @Test
    void booksAgreeWithTheSalesAfterAnySequence() {
        Property.forAll(3, random -> new Shop(random).live());
    }

    /** An enterprise and what was done in it. */
    private static final class Shop {
        private final RandomGenerator random;
        private final String ksbId = anEnterprise();
        private final UUID customer = anId();
        private final List<Map<String, Object>> brought = new ArrayList<>();
        private final List<UUID> finished = new ArrayList<>();
        private final List<UUID> unfinished = new ArrayList<>();

        Shop(RandomGenerator random) {
            this.random = random;
        }

        void live() {
            aRate(ksbId, "USD", RATE.toPlainString());
            as(ksbId, Role.CASHIER)
                    .body(Map.of("id", customer, "name", "Ali"))
                    .post("/api/customers")
                    .then()
                    .statusCode(201);
            for (int i = 0; i < STEPS; i++) {
                step(random.nextInt(11));
            }
            finished.forEach(this::takeBackTheRest);
            assertBooks();
        }

        private void step(int what) {
            switch (what) {
                case 0, 1 -> sellOnline();
                case 2 -> bring(anOfflineSale(anId()));
                case 3 -> trashOrRestore();
                case 4 -> bring(anOfflineSale(unfinished.isEmpty() ? anId() : any(unfinished)));
                case 5 -> repeat();
                case 6 -> whileBlocked();
                case 7 -> resolve("/api/sales/held", random.nextBoolean() ? "taken" : "dismissed");
                case 8 -> resolve("/api/sales/conflicts", random.nextBoolean() ? "new-sale" : "dismissed");
                case 9 -> payBack();
                default -> takeBack();
            }
        }

        private void sellOnline() {
            UUID id = anId();
            String currency = random.nextInt(4) == 0 ? "USD" : "UZS";
            BigDecimal total = open(id, currency);
            List<Map<String, Object>> payments = payments(total, currency);
            Map<String, Object> completion = aCompletion(1, total.toPlainString(), payments);
            completion.put("customerId", customer);
            BigDecimal cash = new BigDecimal(payments.getLast().get("amount").toString());
            BigDecimal rounded =
                    cash.divide(new BigDecimal(100), 0, RoundingMode.HALF_UP).multiply(new BigDecimal(100));
            if (random.nextBoolean() && rounded.signum() > 0 && currency.equals("UZS")) {
                payments.getLast().put("amount", rounded.toPlainString());
                completion.put("rounding", rounded.subtract(cash).toPlainString());
            }
            complete(ksbId, id, completion).statusCode(200);
            finished.add(id);
        }

        private BigDecimal open(UUID id, String currency) {
            Map<String, Object> sale = lines(aSale(id));
            sale.put("currency", currency);
            if (random.nextBoolean()) {
                sale.put("discount", Map.of("percent", Integer.toString(random.nextInt(60))));
            }
            return new BigDecimal(
                    put(ksbId, sale).statusCode(200).extract().jsonPath().getString("total"));
        }

        private Map<String, Object> lines(Map<String, Object> sale) {
            List<Map<String, Object>> lines = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                lines.add(aLine(
                        "p" + i,
                        amount(1_000_000),
                        BigDecimal.valueOf(random.nextInt(1, 5_000), 3).toPlainString()));
            }
            sale.put("lines", lines);
            return sale;
        }

        /** Debts, another currency and cards, and the rest in cash. */
        private List<Map<String, Object>> payments(BigDecimal total, String currency) {
            List<Map<String, Object>> payments = new ArrayList<>();
            BigDecimal rest = total;
            for (String kind : List.of("DEBT", "CARD", "CASH")) {
                BigDecimal part =
                        rest.multiply(BigDecimal.valueOf(random.nextInt(60), 2)).setScale(2, RoundingMode.DOWN);
                if (random.nextInt(3) == 0) {
                    rest = rest.subtract(payForeign(payments, kind, part, currency));
                } else if (random.nextBoolean() && !kind.equals("CASH")) {
                    payments.add(payment(kind, part, currency));
                    rest = rest.subtract(part);
                }
            }
            payments.add(payment("CASH", rest, currency));
            return payments;
        }

        /** @return what it comes to in the sale's currency, at most {@code most} */
        private static BigDecimal payForeign(
                List<Map<String, Object>> payments, String kind, BigDecimal most, String currency) {
            if (currency.equals("USD")) {
                BigDecimal soums = most.multiply(RATE).setScale(0, RoundingMode.DOWN);
                payments.add(payment(kind, soums, "UZS"));
                return soums.divide(RATE, 2, RoundingMode.HALF_UP);
            }
            BigDecimal dollars = most.divide(RATE, 2, RoundingMode.DOWN);
            payments.add(payment(kind, dollars, "USD"));
            return dollars.multiply(RATE).setScale(2, RoundingMode.HALF_UP);
        }

        private static Map<String, Object> payment(String kind, BigDecimal amount, String currency) {
            return new HashMap<>(Map.of("kind", kind, "amount", amount.toPlainString(), "currency", currency));
        }

        /** A till that is wrong about everything. */
        private Map<String, Object> anOfflineSale(UUID id) {
            Map<String, Object> sale = lines(aFinishedSale(id, AT));
            sale.put("customerId", customer);
            List<Map<String, Object>> payments = payments(new BigDecimal(amount(1_000_000)), "UZS");
            if (random.nextInt(3) == 0) {
                payments.add(payment("DEBT", BigDecimal.valueOf(random.nextInt(-99_999, 99_999), 3), "UZS"));
                payments.add(payment("CASH", BigDecimal.valueOf(random.nextInt(-99_999, 99_999), 3), "USD"));
            }
            sale.put("payments", payments);
            if (!finished.isEmpty() && random.nextBoolean()) {
                sale.put("kind", "RETURN");
                sale.put("returnOf", any(finished));
                sale.put("lines", List.of(aLine("p0", "10", Integer.toString(random.nextInt(-2, 3)))));
            }
            return sale;
        }

        private void bring(Map<String, Object> sale) {
            brought.add(sale);
            JsonPath answer =
                    batch(ksbId, List.of(sale)).statusCode(200).extract().jsonPath();
            if (answer.getString("[0].result").equals("created") && !"RETURN".equals(sale.get("kind"))) {
                finished.add(UUID.fromString(sale.get("id").toString()));
                unfinished.remove(UUID.fromString(sale.get("id").toString()));
            }
        }

        private void repeat() {
            if (!brought.isEmpty()) {
                Map<String, Object> again = new HashMap<>(any(brought));
                if (random.nextBoolean()) {
                    again.put("completedAt", "2026-11-01T11:00:00Z");
                }
                batch(ksbId, List.of(again, any(brought))).statusCode(200);
            }
        }

        private void whileBlocked() {
            aTill(ksbId, "BLOCKED");
            bring(anOfflineSale(anId()));
            aTill(ksbId, "APPROVED");
        }

        private void trashOrRestore() {
            if (unfinished.isEmpty()) {
                UUID id = anId();
                put(ksbId, lines(aSale(id))).statusCode(200);
                unfinished.add(id);
            }
            String path = "/api/sales/" + any(unfinished);
            if (random.nextBoolean()) {
                as(ksbId, Role.CASHIER).delete(path);
            } else {
                as(ksbId, Role.CASHIER).post(path + "/restoration");
            }
        }

        private void resolve(String list, String decision) {
            List<String> waiting = as(ksbId, Role.MANAGER)
                    .get(list)
                    .then()
                    .extract()
                    .jsonPath()
                    .getList("items.id");
            if (!waiting.isEmpty()) {
                as(ksbId, Role.MANAGER)
                        .body(Map.of("as", decision, "reason", "looked at"))
                        .post(list + "/" + any(waiting) + "/resolution")
                        .then()
                        .statusCode(200);
            }
        }

        private void payBack() {
            String currency = random.nextBoolean() ? "UZS" : "USD";
            as(ksbId, Role.CASHIER)
                    .body(Map.of("id", anId(), "kind", "CASH", "amount", amount(1_000), "currency", currency))
                    .post("/api/customers/" + customer + "/payments")
                    .then()
                    .statusCode(200);
        }

        private void takeBack() {
            if (!finished.isEmpty()) {
                String quantity =
                        BigDecimal.valueOf(random.nextInt(1, 3_000), 3).toPlainString();
                takeBack(any(finished), List.of(Map.of("lineId", "l-p0", "quantity", quantity)));
            }
        }

        private void takeBackTheRest(UUID sold) {
            List<Map<String, Object>> rest = new ArrayList<>();
            JsonPath sale = as(ksbId, Role.CASHIER).get("/api/sales/" + sold).jsonPath();
            for (int line = 0; line < sale.getList("lines").size(); line++) {
                BigDecimal left =
                        new BigDecimal(sale.getString("lines[" + line + "].quantity")).subtract(returned(sold, line));
                if (left.signum() > 0) {
                    rest.add(Map.of(
                            "lineId", sale.getString("lines[" + line + "].lineId"), "quantity", left.toPlainString()));
                }
            }
            takeBack(sold, rest);
        }

        private BigDecimal returned(UUID sold, int line) {
            return (BigDecimal) ask("select coalesce(sum((line ->> 'quantity')::numeric), 0) from sales,"
                    + " jsonb_array_elements(lines) line where ksb_id = '" + ksbId + "' and return_of = '" + sold
                    + "' and status = 'COMPLETED' and (held is null or held = 'return') and line ->> 'returnOfIndex' = '"
                    + line + "'");
        }

        /** By any of the three ways in. */
        private void takeBack(UUID sold, List<Map<String, Object>> lines) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    Map<String, Object> back = asReturn(sold, lines);
                    back.put("completedAt", AT);
                    batch(ksbId, List.of(back)).statusCode(200);
                }
                case 1 -> takeBackAsSale(asReturn(sold, lines));
                default ->
                    as(ksbId, Role.CASHIER)
                            .body(Map.of("id", anId(), "lines", lines))
                            .post("/api/sales/" + sold + "/returns")
                            .then()
                            .statusCode(oneOf(200, 400, 422));
            }
        }

        private void takeBackAsSale(Map<String, Object> back) {
            UUID id = UUID.fromString(back.get("id").toString());
            JsonPath open =
                    put(ksbId, back).statusCode(oneOf(200, 400, 422)).extract().jsonPath();
            if (open.getString("total") != null) {
                Map<String, Object> completion = aCompletion(1, open.getString("total"), null);
                complete(ksbId, id, completion).statusCode(oneOf(200, 422));
            }
        }

        private Map<String, Object> asReturn(UUID sold, List<Map<String, Object>> lines) {
            JsonPath receipt = as(ksbId, Role.CASHIER).get("/api/sales/" + sold).jsonPath();
            Map<String, Object> back = aSale(anId());
            back.put("kind", "RETURN");
            back.put("returnOf", sold);
            back.put("currency", receipt.getString("currency"));
            back.put(
                    "lines", lines.stream().map(line -> asReturn(receipt, line)).toList());
            return back;
        }

        private static Map<String, Object> asReturn(JsonPath receipt, Map<String, Object> line) {
            String sold = "lines.find { it.lineId == '" + line.get("lineId") + "' }.";
            Map<String, Object> back = aLine(
                    receipt.getString(sold + "productId"),
                    receipt.getString(sold + "price"),
                    line.get("quantity").toString());
            back.put("lineId", "back-" + line.get("lineId"));
            back.put("returnOfLine", line.get("lineId"));
            return back;
        }

        private void assertBooks() {
            assertThat(ask("select string_agg(d::text, ' ') from total_differences d where ksb_id = '" + ksbId + "'"))
                    .isNull();
            assertThat(ask(RECEIPTS.formatted(ksbId))).isEqualTo(0L);
            assertThat(ask(BALANCES.formatted(ksbId))).isEqualTo(0L);
        }

        private Object ask(String sql) {
            try {
                return query(sql);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private String amount(int most) {
            return BigDecimal.valueOf(random.nextInt(1, most * 100), 2).toPlainString();
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }
}
