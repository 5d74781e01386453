package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.embedded.EmbeddedPostgres;

/**
 * A backup of the running database server, started as another one. As {@code pg_basebackup}, which deploy/compose uses, it is a copy
 * of the files between PostgreSQL's own start and stop of a backup.
 */
@ExtendWith(SharedSystem.class)
class RestoreDrillTest {
    private static final String KSB_ID = "10000001";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MIN_SALES = 5;

    private final RunningSystem system;

    @TempDir
    private Path folder;

    RestoreDrillTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void aBackupTakenWhileSellingHasAllSalesAndTotals() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = folder.resolve("postgres");
        Set<String> before;
        try (Seller seller = new Seller(system, KSB_ID, 20)) {
            within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThan(MIN_SALES));
            before = Set.copyOf(seller.told().keySet());
            backUp(copy);
            int then = seller.told().size();
            within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThan(then));
            assertThat(seller.unexpected()).isNull();
        }
        EmbeddedPostgres restored = EmbeddedPostgres.start(new EmbeddedPostgres.Settings(
                copy, RunningSystem.freePortBase(), system.databasePassword("postgres"), true, folder.resolve("log")));
        try {
            assertThat(salesOf(restored, before)).isEqualTo(before.size());
            PosCommand check = PosCommand.start(
                    system.state(),
                    List.of("totals", "--check", "--database", "127.0.0.1:" + restored.port()),
                    Map.of("POS_DATABASE_PASSWORD", system.databasePassword("sales")));
            assertThat(check.exit(LIMIT)).as(check::output).isZero();
            assertThat(check.output()).contains("All totals are equal");
        } finally {
            restored.stop(Duration.ofSeconds(5));
        }
    }

    /** The data folder's files, then the log from the start of the backup to its stop. */
    private void backUp(Path to) throws SQLException, IOException, InterruptedException {
        try (Connection connection = system.database("postgres");
                Statement statement = connection.createStatement()) {
            Path data = Path.of(text(statement, "show data_directory"));
            statement.execute("select pg_backup_start('drill', true)");
            // Files may vanish meanwhile: cp says so, and goes on.
            run("cp", "-a", data.toString(), to.toString());
            String label = text(statement, "select labelfile from pg_backup_stop(false)");
            run("cp", "-a", data.resolve("pg_wal").toString(), to.toString());
            Files.writeString(to.resolve("backup_label"), label);
            run(
                    "chown",
                    "--reference=" + to.resolve("PG_VERSION"),
                    to.resolve("backup_label").toString());
            Files.deleteIfExists(to.resolve("postmaster.pid"));
            Files.deleteIfExists(to.resolve("postmaster.opts"));
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private long salesOf(EmbeddedPostgres server, Set<String> ids) throws SQLException {
        try (Connection connection = server.connect("sales");
                Statement statement = connection.createStatement()) {
            return Long.parseLong(text(
                    statement, "select count(*) from sales where id in ('%s')".formatted(String.join("','", ids))));
        }
    }
}
