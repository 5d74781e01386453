package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** Searches that PostgreSQL cannot answer in time: here a table is locked. */
@QuarkusTest
class SlowSearchTest {
    private static final int MORE_THAN_THE_POOL = 24;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String ksbId = anEnterprise();

    @ParameterizedTest
    @CsvSource({"sales, /api/sales?search=non", "customers, /api/customers?search=ali"})
    void slowSearchesEndAndLeaveThePoolUsable(String table, String search) throws Exception {
        try (Connection connection = TestInfrastructure.database();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table " + table + " in access exclusive mode");
            long begun = System.nanoTime();
            List<CompletableFuture<Integer>> searches = IntStream.range(0, MORE_THAN_THE_POOL)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(search), threads))
                    .toList();
            assertThat(searches).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(503));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
            assertThat(status("/api/sales/missing?device=1")).isEqualTo(table.equals("sales") ? 503 : 200);
            assertThat(status("/api/charts/sales?period=day&date=2026-01-01")).isEqualTo(200);
            connection.rollback();
        }
        assertThat(status(search)).isEqualTo(200);
    }

    @Test
    void searchesOfOneEnterpriseLeaveConnectionsForOthers() throws Exception {
        String neighbour = anEnterprise();
        put(neighbour, aSale(anId())).statusCode(200);
        try (Connection connection = TestInfrastructure.database();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table customers in access exclusive mode");
            List<CompletableFuture<Integer>> searches = IntStream.range(0, MORE_THAN_THE_POOL)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> status("/api/customers?search=ali"), threads))
                    .toList();
            eventually(() -> assertThat(query("select count(*) >= 2 from pg_stat_activity"
                            + " where wait_event_type = 'Lock' and query like '%from customers%'"))
                    .isEqualTo(true));
            long begun = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                as(neighbour, Role.CASHIER).get("/api/sales").then().statusCode(200);
                put(neighbour, aSale(anId())).statusCode(200);
            }
            Duration neighbours = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(searches).anySatisfy(search -> assertThat(search).isNotDone());
            assertThat(neighbours).isLessThan(Readings.SEARCH);
            connection.rollback();
            assertThat(searches).allSatisfy(answer -> assertThat(answer.join()).isIn(200, 503));
        }
    }

    /** They wait for each other, each with a connection. */
    @Test
    void requestsForOneLockedSaleLeaveConnectionsForOthers() throws Exception {
        String neighbour = anEnterprise();
        UUID sale = anId();
        put(ksbId, aSale(sale)).statusCode(200);
        try (Connection connection = TestInfrastructure.database();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("select from sales where id = '" + sale + "' for update");
            List<CompletableFuture<Integer>> writers = IntStream.range(0, MORE_THAN_THE_POOL)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> as(ksbId, Role.CASHIER)
                                    .delete("/api/sales/" + sale)
                                    .statusCode(),
                            threads))
                    .toList();
            eventually(
                    () -> assertThat(query("select count(*) >= 2 from pg_stat_activity where wait_event_type = 'Lock'"))
                            .isEqualTo(true));
            long begun = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                put(neighbour, aSale(anId())).statusCode(200);
                as(neighbour, Role.CASHIER).get("/api/sales").then().statusCode(200);
            }
            Duration neighbours = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(writers).anySatisfy(writer -> assertThat(writer).isNotDone());
            assertThat(neighbours).isLessThan(Readings.SEARCH);
            connection.rollback();
            assertThat(writers).allSatisfy(writer -> assertThat(writer.join()).isIn(204, 503));
        }
        as(ksbId, Role.CASHIER).delete("/api/sales/" + sale).then().statusCode(204);
    }

    private int status(String path) {
        return as(ksbId, Role.ADMIN).get(path).statusCode();
    }
}
