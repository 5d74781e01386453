package uz.ksb.pos.local.up;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.platform.embedded.EmbeddedPostgres;

/** One database and one login per service; no login reaches another's database. */
final class Databases {

    private final EmbeddedPostgres server;
    private final Secrets secrets;

    Databases(EmbeddedPostgres server, Secrets secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    /** Makes what is not there yet. */
    void create(Iterable<Service> services) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (Service service : services) {
                if (service.hasDatabase()) {
                    create(statement, service.database());
                }
            }
        } catch (SQLException e) {
            throw new CommandFailed("the databases cannot be made: " + e.getMessage());
        }
    }

    /** Names are constants of {@link Service} and passwords are hexadecimal: nothing here needs quoting. */
    private void create(Statement statement, String name) throws SQLException {
        if (!exists(statement, "select from pg_roles where rolname = '" + name + "'")) {
            statement.execute("create role " + name + " login");
        }
        statement.execute("alter role " + name + " password '" + secrets.databasePassword(name) + "'");
        statement.execute("alter role " + name + " set transaction_timeout = '10s'");
        if (!exists(statement, "select from pg_database where datname = '" + name + "'")) {
            statement.execute("create database " + name + " owner " + name);
        }
        statement.execute("revoke connect on database " + name + " from public");
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
