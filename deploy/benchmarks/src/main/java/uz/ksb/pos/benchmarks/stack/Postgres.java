package uz.ksb.pos.benchmarks.stack;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import uz.ksb.pos.benchmarks.BenchFailed;

/** The stack's PostgreSQL, with the superuser's login. */
public final class Postgres {
    static final String SUPERUSER = "postgres";

    private final int port;
    private final Path passwords;

    Postgres(int port, Path passwords) {
        this.port = port;
        this.passwords = passwords;
    }

    int port() {
        return port;
    }

    String password() {
        try (Reader text = Files.newBufferedReader(passwords)) {
            Properties known = new Properties();
            known.load(text);
            return known.getProperty(SUPERUSER);
        } catch (IOException e) {
            throw new BenchFailed("no password of the database", e);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), SUPERUSER, password());
    }

    /** The only value of the only row. */
    public String value(String database, String query, Object... values) {
        try (Connection connection = connect(database);
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new BenchFailed("no row: " + query);
                }
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new BenchFailed(query, e);
        }
    }

    /** Names of a table's columns, separated by commas, without generated ones. */
    public String columns(String database, String table) {
        return value(
                database,
                "select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns"
                        + " where table_name = ? and is_identity = 'NO'",
                table);
    }

    /** An empty database with the schema that these files make; one of an earlier run is dropped first. */
    public void createScratch(String database, List<Path> migrations) {
        dropScratch(database);
        execute(SUPERUSER, "create database " + database);
        for (Path migration : migrations) {
            try {
                execute(database, Files.readString(migration));
            } catch (IOException e) {
                throw new BenchFailed("no migration " + migration, e);
            }
        }
    }

    public void dropScratch(String database) {
        execute(SUPERUSER, "drop database if exists " + database + " with (force)");
    }

    void checkpoint() {
        execute(SUPERUSER, "checkpoint");
    }

    /** Statements that need no transaction around them. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new BenchFailed("PostgreSQL refuses what " + database + " needs", e);
        }
    }
}
