package uz.ksb.pos.sales.sale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.catalogue.SoldStock;

/** A statement that each sale executes is planned a few times in the life of a connection, not each time. */
@QuarkusTest
class SaleStatementPlansTest {
    private static final int SALES = 12;

    /** PostgreSQL makes so many plans of its own accord before it compares them with one for all. */
    private static final int PLANS = 5;

    @Test
    void theChecksAreNotPlannedForEachSale() throws Exception {
        assertPlannedOnce("text, text[], bigint[], uuid[], timestamptz", SaleChecks.FIND, lines -> {
            String number = lines % 2 == 0 ? "'{}', '{}', '{}'" : "'{%s}', '{%d}', '{%1$s}'".formatted(anId(), lines);
            return number + ", now()";
        });
    }

    @Test
    void pricesAndStockAreNotPlannedForEachSale() throws Exception {
        assertPlannedOnce(
                "text, text[], uuid[]",
                CatalogueRepository.FIND.formatted(
                        CatalogueRepository.SALES, CatalogueRepository.CHANGED, CatalogueRepository.SOLD),
                lines -> products(lines) + ", '{}'");
        assertPlannedOnce("text, text[], timestamptz", SaleChecks.FIND_PRICES, lines -> products(lines) + ", now()");
    }

    @Test
    void soldStockIsNotPlannedForEachSale() throws Exception {
        assertPlannedOnce(
                "text, text[], uuid[], text[], numeric[]",
                SoldStock.ADD,
                lines ->
                        "%s, array_fill('%s'::uuid, array[%d]), array_fill(''::text, array[%3$d]), array_fill(1, array[%3$d])"
                                .formatted(products(lines), anId(), lines));
    }

    private interface Values {
        String of(int lines);
    }

    private static void assertPlannedOnce(String types, String statement, Values values) throws SQLException {
        try (Connection connection = TestInfrastructure.database();
                var executing = connection.createStatement()) {
            executing.execute("prepare of_a_sale (" + types + ") as " + statement);
            for (int lines = 1; lines <= SALES; lines++) {
                executing.execute("execute of_a_sale ('" + anEnterprise() + "', " + values.of(lines) + ")");
            }
            try (var rows = executing.executeQuery(
                    "select custom_plans, generic_plans from pg_prepared_statements where name = 'of_a_sale'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("custom_plans")).as(statement).isEqualTo(PLANS);
                assertThat(rows.getInt("generic_plans")).as(statement).isEqualTo(SALES - PLANS);
            }
        }
    }

    private static String products(int lines) {
        return IntStream.range(0, lines).mapToObj(line -> "p" + line).collect(Collectors.joining(",", "'{", "}'"));
    }

    private static UUID anId() {
        return UUID.randomUUID();
    }
}
