package uz.ksb.pos.sales.sale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.query;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;

/** How much a request makes the service read: whatever is stored, no more than fits into its memory. */
@QuarkusTest
class SaleReadingTest {
    private static final int LARGE = 60;
    private static final int LINES_EACH = 1_500;

    private final String ksbId = anEnterprise();

    @Test
    void largeSalesAreNotReadAllAtOnce() throws Exception {
        List<UUID> ids = givenLargeSales();
        String asked = "array["
                + String.join(",", ids.stream().map(id -> "'" + id + "'::uuid").toList()) + "]";
        String lockAll = SaleRepository.LOCK_ALL
                .replace("$1", "'" + ksbId + "'")
                .replace("$2", asked)
                .replace("$3", Integer.toString(SaleRepository.MAX_BYTES_AT_ONCE));

        long stored = (Long) query("select sum(octet_length(lines::text)) from sales where ksb_id = '" + ksbId + "'");
        long read = (Long) query("select sum(octet_length(lines))::bigint from (" + lockAll + ") page");
        long largest =
                (Integer) query("select max(octet_length(lines::text)) from sales where ksb_id = '" + ksbId + "'");

        assertThat(stored).isGreaterThan(3L * SaleRepository.MAX_BYTES_AT_ONCE);
        assertThat(read).isLessThanOrEqualTo(SaleRepository.MAX_BYTES_AT_ONCE + largest);
    }

    @Test
    void aBatchThatNamesManyLargeSalesIsTakenOneByOne() throws Exception {
        List<UUID> ids = givenLargeSales();
        List<Map<String, Object>> batch = new ArrayList<>();
        ids.forEach(id -> batch.add(aFinishedSale(id, "2026-11-01T10:00:00Z")));
        batch(ksbId, batch).statusCode(200).body("result", hasSize(LARGE)).body("result", everyItem(is("conflict")));

        List<Map<String, Object>> returns = new ArrayList<>();
        for (UUID id : ids) {
            Map<String, Object> line = aLine("p", "1", "1");
            line.put("returnOfLine", "l-1");
            Map<String, Object> back = new HashMap<>(aFinishedSale(anId(), "2026-11-01T10:00:00Z"));
            back.put("kind", "RETURN");
            back.put("returnOf", id);
            back.put("lines", List.of(line));
            back.put("payments", List.of(aPayment("CASH", "1")));
            returns.add(back);
        }
        batch(ksbId, returns).statusCode(200).body("result", everyItem(is("created")));
        assertThat(query("select count(*) from sales where ksb_id = '" + ksbId
                        + "' and kind = 'RETURN' and flags = '[]'"))
                .isEqualTo((long) LARGE);
    }

    @Test
    void returnsOfAReceiptAreAddedUpByTheDatabase() throws Exception {
        UUID sold = aCompletedSale(ksbId);
        takeBack(sold, "0.001").statusCode(200);
        execute("create temp table pieces as select * from sales where ksb_id = '" + ksbId + "' and kind = 'RETURN';"
                + " insert into sales select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(),"
                + " 'search', null))).* from pieces p, generate_series(1, 1498)");
        String select = ReturnedRow.SELECT
                .replace("$1", "'" + ksbId + "'")
                .replace("$2", "array['" + sold + "'::uuid]")
                .replace("$3", "'{}'::uuid[]");
        assertThat(query("select count(*) from (" + select + ") one")).isEqualTo(1L);
        assertThat(query("select (quantities::json ->> '0') || ' ' || given_back from (" + select + ") one"))
                .isEqualTo("1.499 14990.00");
        takeBack(sold, "0.502").statusCode(422);
        takeBack(sold, "0.501").statusCode(200);
    }

    private io.restassured.response.ValidatableResponse takeBack(UUID sold, String quantity) {
        return as(ksbId, Role.CASHIER)
                .body(Map.of("id", anId(), "lines", List.of(Map.of("lineId", "l-p1", "quantity", quantity))))
                .post("/api/sales/" + sold + "/returns")
                .then();
    }

    /** Sales with many lines, some hundred kilobytes each. */
    private List<UUID> givenLargeSales() throws Exception {
        UUID first = aCompletedSale(ksbId);
        execute("""
                create temp table large as select * from sales where ksb_id = '%1$s' and id = '%2$s';
                update large set total = %4$d, paid = %4$d, main_total = %4$d, main_cash = %4$d, lines = (
                  select jsonb_agg(jsonb_build_object('lineId', 'l-' || n, 'productId', 'p', 'name', repeat('шакар ', 20),
                    'unit', 'dona', 'price', '1.00', 'quantity', '1', 'sum', '1.00', 'discount', '0.00'))
                  from generate_series(1, %4$d) n);
                insert into sales select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'search', null))).*
                  from large l, generate_series(1, %3$d);
                delete from sales where ksb_id = '%1$s' and id = '%2$s'""".formatted(ksbId, first, LARGE, LINES_EACH));
        String ids = (String) query("select string_agg(id::text, ',') from sales where ksb_id = '" + ksbId + "'");
        return java.util.stream.Stream.of(ids.split(",")).map(UUID::fromString).toList();
    }
}
