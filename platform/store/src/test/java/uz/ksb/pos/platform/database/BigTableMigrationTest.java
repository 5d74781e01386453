package uz.ksb.pos.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** The documented way to change a large table while services go on writing into it. */
class BigTableMigrationTest {
    private static final int ROWS = Boolean.getBoolean("pos.test.all") ? 1_000_000 : 100_000;
    private static final Duration MAX_WRITE = Duration.ofSeconds(2);

    @TempDir
    Path migrations;

    @BeforeEach
    void createBigTable() throws SQLException {
        execute("drop table if exists big", "create table big (id bigint primary key, name text not null)");
        execute("insert into big select i, 'name ' || i from generate_series(1, " + ROWS + ") i");
        // Shorter than the last of the migrations takes.
        execute("alter role current_user set transaction_timeout = '3s'");
    }

    @AfterEach
    void removeBigTable() throws SQLException {
        execute("alter role current_user reset transaction_timeout");
        execute("drop table big, big_history");
    }

    @Test
    void aBigTableIsMigratedBesideAWriter() throws Exception {
        write("V001__add_search.sql", "alter table big add column search text");
        write("V002__fill_search.sql", """
                do $$
                declare last bigint := 0;
                begin
                    loop
                        with batch as (select id from big where id > last order by id limit 10000),
                             filled as (update big set search = lower(name) from batch where big.id = batch.id returning big.id)
                        select max(id) into last from filled;
                        exit when last is null;
                        commit;
                    end loop;
                end $$""");
        write("V002__fill_search.sql.conf", "executeInTransaction=false");
        write("V003__index_search.sql", "create index concurrently ix_big_search on big (search)");
        write("V003__index_search.sql.conf", "executeInTransaction=false");

        write("V004__take_long.sql", "select pg_sleep(4)");

        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Duration> longest = CompletableFuture.supplyAsync(() -> longestWrite(done), executor);
            try {
                assertThat(flyway().migrate().migrationsExecuted).isEqualTo(4);
            } finally {
                done.set(true);
            }
            assertThat(longest.join()).isLessThan(MAX_WRITE);
        }
        assertThat(number("select count(*) from big where id <= " + ROWS + " and search = lower(name)"))
                .isEqualTo(ROWS);
        assertThat(number("select count(*) from pg_index where indexrelid = 'ix_big_search'::regclass and indisvalid"))
                .isEqualTo(1);
    }

    /** As the services configure it. */
    private Flyway flyway() {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(
                        System.getProperty("quarkus.datasource.jdbc.url"),
                        System.getProperty("quarkus.datasource.username"),
                        System.getProperty("quarkus.datasource.password"))
                .table("big_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("filesystem:" + migrations)
                .initSql(ConfigProvider.getConfig().getValue("quarkus.flyway.init-sql", String.class));
        new ConcurrentMigrations().customize(flyway);
        return flyway.load();
    }

    private static Duration longestWrite(AtomicBoolean done) {
        Duration longest = Duration.ZERO;
        try (Connection connection = TestInfrastructure.database();
                Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = 0");
            for (int i = 1; !done.get(); i++) {
                long begun = System.nanoTime();
                statement.execute("insert into big (id, name) values (" + (ROWS + i) + ", 'new')");
                statement.execute("update big set name = name where id = " + (1 + i % ROWS));
                Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                longest = taken.compareTo(longest) > 0 ? taken : longest;
            }
            return longest;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(migrations.resolve(file), text);
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = TestInfrastructure.database();
                Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = 0");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = TestInfrastructure.database();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
