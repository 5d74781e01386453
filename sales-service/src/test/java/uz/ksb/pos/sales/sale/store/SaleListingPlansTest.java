package uz.ksb.pos.sales.sale.store;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.sales.sale.domain.Delivery;
import uz.ksb.pos.sales.sale.domain.SaleStatus;

/** How PostgreSQL answers what is asked about 200,000 sales: by the intended index, reading little. */
@QuarkusTest
class SaleListingPlansTest {
    private static final int SALES = 200_000;
    private static final String TILL = "00000000-0000-7000-8000-000000000003";
    private static final UUID CUSTOMER = UUID.fromString("00000000-0000-7000-8000-00000000002a");

    @Inject
    Pool pool;

    private final ObjectMapper json = new ObjectMapper();
    private final String ksbId = anEnterprise();

    /** @param blocks read or found in memory, of 8 kB each */
    private record Plan(List<String> indexes, long blocks, double milliseconds, String text) {}

    /** Sales without totals: whoever rebuilds the totals after this would have to add up all of them. */
    @AfterEach
    void nothingIsLeftForOtherTests() throws SQLException {
        execute("delete from sales where ksb_id = '%s' or ksb_id like '500000%%'".formatted(ksbId));
    }

    @Test
    void whatIsAskedAboutSalesIsAnsweredByAnIndexWhichReadsLittle() throws Exception {
        givenSales();
        Map<String, Plan> plans = new LinkedHashMap<>();
        SaleListing.Filter all = filter(null, null, null, null, null, null, null, null);
        plans.put("newest", expect(list(all, false), "ix_sales_received", 500));
        plans.put("a later page", expect(list(all, true), "ix_sales_received", 500));
        // Few enough to be sorted, for some samples of the analysis.
        plans.put(
                "open",
                expect(
                        list(filter("OPEN", null, null, null, null, null, null, null), false),
                        List.of("ix_sales_unfinished", "ix_sales_open"),
                        500));
        plans.put(
                "in the trash",
                expect(
                        list(filter("TRASHED", null, null, null, null, null, null, null), false),
                        "ix_sales_unfinished",
                        500));
        plans.put(
                "not delivered",
                expect(
                        list(filter(null, "NOT_DELIVERED", null, null, null, null, null, null), false),
                        "ix_sales_undelivered",
                        500));
        plans.put(
                "rejected, a later page",
                expect(
                        list(filter(null, "REJECTED", null, null, null, null, null, null), true),
                        "ix_sales_refused",
                        500));
        plans.put(
                "one day long ago",
                expect(
                        list(filter(null, null, "2024-02-01", "2024-02-01", null, null, null, null), false),
                        "ix_sales_completed",
                        3_000));
        plans.put(
                "of a customer",
                expect(
                        list(filter(null, null, null, null, null, CUSTOMER, null, null), false),
                        "ix_sales_customer",
                        1_000));
        plans.put(
                "of a till",
                expect(list(filter(null, null, null, null, null, null, TILL, null), false), "ix_sales_device", 500));
        plans.put(
                "of a cashier who left",
                expect(list(filter(null, null, null, null, null, null, null, "left"), false), "ix_sales_cashier", 500));
        plans.put(
                "by number",
                expect(
                        list(filter(null, null, null, null, "3-000127", null, null, null), false),
                        "ix_sales_number",
                        100));
        plans.put(
                "by a rare name",
                expect(
                        list(filter(null, null, null, null, "Қовун", null, null, null), false),
                        "ix_sales_search",
                        1_500));
        plans.put(
                "by a frequent name",
                expect(
                        list(filter(null, null, null, null, "shakar", null, null, null), false),
                        "ix_sales_received",
                        500));
        plans.put(
                "missing, by id",
                expect(
                        plan(SaleListing.MISSING.formatted("device_id"), List.of(ksbId, TILL, 1000)),
                        "ix_sales_device_sequence",
                        30_000));
        plans.put(
                "missing, by code",
                expect(
                        plan(SaleListing.MISSING.formatted("device_code"), List.of(ksbId, "3", 1000)),
                        "ix_sales_number",
                        30_000));
        // With the small tables of rates and tills, which are read whole: other tests leave pages of theirs in them.
        plans.put(
                "others' numbers",
                expect(
                        plan(
                                SaleChecks.FIND,
                                List.of(
                                        ksbId,
                                        new String[] {TILL},
                                        new Long[] {100L},
                                        new UUID[] {CUSTOMER},
                                        OffsetDateTime.now(ZoneOffset.UTC))),
                        "ix_sales_device_sequence",
                        200));
        plans.put(
                "due for delivery",
                expect(
                        plan(
                                UndeliveredSales.DUE,
                                List.of(ksbId, OffsetDateTime.now(UTC), OffsetDateTime.now(UTC), true, 50)),
                        "ix_sales_undelivered",
                        500));
        plans.put(
                "which enterprises wait",
                expect(
                        plan(UndeliveredSales.ENTERPRISES, List.of("", 20, new String[] {ksbId})),
                        "ix_sales_undelivered",
                        250));
        plans.put(
                "how long enterprises wait for delivery",
                expect(
                        plan(
                                UndeliveredSales.WAITING_TIMES,
                                List.of(
                                        OffsetDateTime.of(2024, 6, 1, 0, 0, 0, 0, UTC),
                                        60.0,
                                        new String[] {ksbId, "50000001"},
                                        20)),
                        "ix_sales_undelivered",
                        1_000));
        plans.forEach((name, plan) -> System.out.printf(
                "plan: %-24s %-26s %6d blocks %8.1f ms%n", name, plan.indexes(), plan.blocks(), plan.milliseconds()));
    }

    /**
     * One enterprise with 100,000 of them, 99 smaller ones; 8 tills, each with gaps; little of it unfinished. None has a back office:
     * what is delivered meanwhile leaves dead rows, which are read too.
     */
    private void givenSales() throws SQLException {
        execute("""
                insert into sales (ksb_id, id, status, kind, revision, customer_id, currency, main_currency, rate, rounding,
                  lines, payments, device_id, device_code, device_sequence, cashier, cashier_key, uploader, opened_at, changed_at,
                  received_at, search, draft_search, total, discount, paid, main_total, completed_at, claimed_at, business_date, business_hour,
                  content_hash, delivery_status, posted)
                select case when n %% 2 = 0 then '%1$s' else (50000000 + n %% 99)::text end,
                  gen_random_uuid(), status, 'SALE', 2,
                  case when n %% 50 = 0
                    then ('00000000-0000-7000-8000-' || lpad(to_hex(n / 50 %% 500), 12, '0'))::uuid end,
                  'UZS', 'UZS', 1, 0,
                  '[{"lineId": "l", "productId": "p", "name": "Шакар оқ", "price": "1", "quantity": "1", "sum": "1.00",
                     "discount": "0.00"}]', '[]',
                  '00000000-0000-7000-8000-' || lpad((n / 2 %% 8)::text, 12, '0'), (n / 2 %% 8)::text,
                  case when status = 'COMPLETED' and n %% 1000 <> 6 then n / 16 + 1 end,
                  'cashier' || n %% 6, 'cashier' || n %% 6, 'cashier', at, at, at,
                  case when status = 'COMPLETED' then n || case when n %% 20000 = 0 then ' qovun' else ' shakar oq' end end,
                  case when status <> 'COMPLETED' then 'shakar oq' end, 1, 0, 1, 1,
                  case when status = 'COMPLETED' then at end, case when status = 'COMPLETED' then at end,
                  case when status = 'COMPLETED' then (at at time zone 'Asia/Tashkent')::date end,
                  case when status = 'COMPLETED' then extract(hour from at at time zone 'Asia/Tashkent') end,
                  case when status = 'COMPLETED' then n::text end,
                  case when status <> 'COMPLETED' then null when n %% 2000 = 2 then 'REJECTED'
                    when n > %2$d - 500 then 'NOT_DELIVERED' else 'DELIVERED' end, true
                from (select n, timestamptz '2024-01-01 00:00:00Z' + n * interval '5 minutes' as at,
                        case when n %% 4000 = 0 then 'OPEN' when n %% 4000 = 10 then 'TRASHED' else 'COMPLETED' end as status
                      from generate_series(1, %2$d) n) made""".formatted(ksbId, SALES));
        execute("vacuum analyze sales");
    }

    private static SaleListing.Filter filter(
            String status,
            String delivery,
            String from,
            String to,
            String search,
            UUID customer,
            String device,
            String cashier) {
        return new SaleListing.Filter(
                status == null ? null : SaleStatus.valueOf(status),
                delivery == null ? null : Delivery.Status.valueOf(delivery),
                from == null ? null : LocalDate.parse(from),
                to == null ? null : LocalDate.parse(to),
                search,
                customer,
                device,
                cashier,
                null);
    }

    private Plan list(SaleListing.Filter filter, boolean later) {
        SaleListing.Question question = SaleListing.question(
                ksbId, filter, later ? List.of("2025-01-01T00:00:00Z", CUSTOMER.toString()) : null, 51);
        return plan(question.sql(), question.values());
    }

    private Plan plan(String sql, List<Object> values) {
        String text = pool.preparedQuery("explain (analyze, buffers, format json) " + sql)
                .execute(Tuple.from(values))
                .map(rows -> rows.iterator().next().getValue(0).toString())
                .await()
                .atMost(Duration.ofSeconds(60));
        try {
            JsonNode root = json.readTree(text).get(0);
            JsonNode plan = root.get("Plan");
            List<String> indexes = new ArrayList<>();
            collect(plan, indexes);
            return new Plan(
                    indexes.stream().distinct().toList(),
                    plan.get("Shared Hit Blocks").asLong()
                            + plan.get("Shared Read Blocks").asLong(),
                    root.get("Execution Time").asDouble(),
                    text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static void collect(JsonNode node, List<String> indexes) {
        if (node.path("Node Type").asText().endsWith("Seq Scan")
                && node.path("Relation Name").asText().equals("sales")) {
            indexes.add("none: all sales are read");
        }
        if (node.has("Index Name")) {
            indexes.add(node.get("Index Name").asText());
        }
        node.path("Plans").forEach(child -> collect(child, indexes));
    }

    private static Plan expect(Plan plan, String index, long mostBlocks) {
        return expect(plan, List.of(index), mostBlocks);
    }

    private static Plan expect(Plan plan, List<String> oneOf, long mostBlocks) {
        assertThat(plan.indexes())
                .as(plan.text())
                .containsAnyElementsOf(oneOf)
                .doesNotContain("none: all sales are read");
        assertThat(plan.blocks()).as(plan.text()).isLessThan(mostBlocks);
        return plan;
    }
}
