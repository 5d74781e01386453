package uz.ksb.pos.local.totals;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** sales-service's database, as far as it compares and mends totals. */
final class TotalsDatabase implements AutoCloseable {

    private static final String NAME = "sales";

    private final Connection connection;

    /** @param server host and port, with a colon between */
    TotalsDatabase(String server, String password) throws SQLException {
        connection = DriverManager.getConnection("jdbc:postgresql://" + server + "/" + NAME, NAME, password);
        try (Statement statement = connection.createStatement()) {
            // Reading all sales may take longer than a request ever should.
            statement.execute("set transaction_timeout = 0");
        }
    }

    /**
     * @param place date, hour and currency; or that it is of all dates
     * @param missing what the totals say too little; negative: too much
     */
    record Difference(String ksbId, String place, String figure, BigDecimal missing) {

        @Override
        public String toString() {
            return "%s  %-18s %-14s %s %s"
                    .formatted(
                            ksbId,
                            place,
                            figure,
                            missing.abs().toPlainString(),
                            missing.signum() > 0 ? "too little" : "too much");
        }
    }

    /** One statement, so one moment: sales that come in meanwhile make no difference. */
    List<Difference> differences() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select ksb_id, coalesce(business_date || ' ' || to_char(hour, 'FM00') || 'h ' || currency, 'all dates'),
                               figure, missing
                        from total_differences order by ksb_id, business_date nulls first, hour, currency, figure""")) {
            List<Difference> differences = new ArrayList<>();
            while (rows.next()) {
                differences.add(
                        new Difference(rows.getString(1), rows.getString(2), rows.getString(3), rows.getBigDecimal(4)));
            }
            return differences;
        }
    }

    /** @return how many changes were needed */
    int rebuild() throws SQLException {
        return number("select rebuild_totals()");
    }

    int enterprises() throws SQLException {
        return number("select count(*) from enterprise_totals");
    }

    private int number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
