package uz.ksb.pos.benchmarks.sales;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.sales.peer.OneProducer;
import uz.ksb.pos.benchmarks.stack.Postgres;

/**
 * The relay, with as many events before it as four minutes without Kafka leave at 100 sales a second. They become visible in
 * one moment, and time runs from there until the last row is deleted. They are an unknown enterprise's: no till hears of
 * them.
 */
final class DrainedOutbox implements Contender {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Postgres postgres;
    private final String event;
    private final int count;

    /** @param event data with {@code @id} where the sale's id stands */
    DrainedOutbox(Postgres postgres, String event, int count) {
        this.postgres = postgres;
        this.event = event;
        this.count = count;
    }

    @Override
    public String name() {
        return "relay";
    }

    /** However long it takes: the rows are always as many. */
    @Override
    public Round run(Duration time) throws InterruptedException {
        try (Connection connection = postgres.connect("sales")) {
            connection.setAutoCommit(false);
            fill(connection);
            connection.commit();
            long begin = System.nanoTime();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("notify outbox");
                awaitEmpty(statement, begin + LIMIT.toNanos());
            }
            return Round.of(count / ((System.nanoTime() - begin) / 1e9));
        } catch (SQLException e) {
            throw new BenchFailed("the outbox cannot be filled", e);
        }
    }

    private void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into outbox (event_id, topic, type, ksb_id, subject, time, data)
                select event.id, 'pos.sales.v1', 'sale.completed', ?, event.id::text, now(),
                       replace(?, '@id', event.id::text)
                from (select gen_random_uuid() as id from generate_series(1, ?)) event""")) {
            insert.setString(1, OneProducer.NOBODY);
            insert.setString(2, event);
            insert.setInt(3, count);
            int unused = insert.executeUpdate();
        }
    }

    private static void awaitEmpty(Statement statement, long end) throws SQLException, InterruptedException {
        while (true) {
            try (ResultSet left = statement.executeQuery("select max(id) from outbox")) {
                if (left.next() && left.getLong(1) == 0) {
                    return;
                }
            }
            if (System.nanoTime() > end) {
                throw new BenchFailed("the outbox is not empty after " + LIMIT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
