package uz.ksb.pos.benchmarks.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.Migrations;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;

/**
 * COPY of the finished rows into a temporary table and one insert into the same tables with the same indexes, in one transaction:
 * nothing is parsed, checked, compared in Java, or told to anybody.
 */
final class CopiedRows implements Contender, AutoCloseable {
    private static final String SERVICE = "product";
    private static final String COLUMNS =
            "id, version, hash, name, article, archived, deleted, document, search_text, barcodes";
    private static final String STORED =
            "select %s from products join product_texts using (ksb_id, id)".formatted(COLUMNS);

    private final Postgres postgres;
    private final String database;
    private final int rows;
    private final boolean unchanged;
    private final Path file;
    private int sets;

    CopiedRows(Stack stack, String database, int rows, boolean unchanged) {
        this.postgres = stack.postgres();
        this.database = database;
        this.rows = rows;
        this.unchanged = unchanged;
        try {
            this.file = Files.createTempFile("pos-bench-", ".copy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres.createScratch(database, Migrations.of(stack.root(), "product-service"));
    }

    @Override
    public String name() {
        return "COPY and upsert";
    }

    @Override
    public Round run(Duration time) {
        try {
            if (sets == 0) {
                copyFromService();
            }
            if (unchanged && sets == 0) {
                load("same");
            }
            String set = unchanged ? "same" : "set" + sets;
            sets++;
            long begin = System.nanoTime();
            load(set);
            return Round.of(rows / ((System.nanoTime() - begin) / 1e9));
        } catch (SQLException | IOException e) {
            throw new BenchFailed("the peer cannot load", e);
        }
    }

    /** The rows as the service has written them: it ran first. */
    private void copyFromService() throws SQLException, IOException {
        try (Connection connection = postgres.connect(SERVICE);
                OutputStream copy = Files.newOutputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (%s where ksb_id = '%s' and id like '%s-%%') to stdout"
                                    .formatted(STORED, SampleShop.KSB_ID, unchanged ? "same" : "set0"),
                            copy);
        }
    }

    private void load(String set) throws SQLException, IOException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                InputStream copy = Files.newInputStream(file)) {
            connection.setAutoCommit(false);
            statement.execute("create temporary table given on commit drop as " + STORED + " limit 0");
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy given (" + COLUMNS + ") from stdin", copy);
            if (copied != rows) {
                throw new BenchFailed("the peer has " + copied + " rows of " + rows);
            }
            statement.execute("""
                    insert into products (ksb_id, id, version, hash, name, article, archived, deleted, document, stock_read_at)
                    select 'peer', '%1$s-' || given.id, version, hash, name, article, archived, deleted, document, now()
                    from given
                    on conflict (ksb_id, id) do update set version = excluded.version, hash = excluded.hash, name = excluded.name,
                        article = excluded.article, archived = excluded.archived, deleted = excluded.deleted,
                        document = excluded.document
                    where products.hash <> excluded.hash""".formatted(set));
            statement.execute("""
                    insert into product_texts (ksb_id, id, search_text, barcodes)
                    select 'peer', '%1$s-' || id, search_text, barcodes from given
                    on conflict do nothing""".formatted(set));
            statement.execute("""
                    insert into product_changes (ksb_id, id, change_version)
                    select 'peer', '%1$s-' || id, %2$d + row_number() over () from given
                    on conflict do nothing""".formatted(set, (long) sets * rows));
            connection.commit();
        }
    }

    @Override
    public void close() {
        postgres.dropScratch(database);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
