package uz.ksb.pos.system;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Prometheus reads the running system: a fault makes its alert fire, and the end of the fault ends it. */
@Tag("long")
@ExtendWith(SharedSystem.class)
abstract class WatchedSystemTest {
    static final String KSB_ID = AlertWatch.KSB_ID;
    static final Duration LIMIT = AlertWatch.LIMIT;

    final RunningSystem system;
    AlertWatch watch;

    WatchedSystemTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void watch() throws IOException {
        watch = new AlertWatch(system);
        watch.readsAll();
        watch.quiet();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (watch != null) {
            watch.close();
        }
    }

    /** Until the transaction or the connection ends; longer than any request may. */
    static void lock(Connection connection, String table) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = 0; set idle_in_transaction_session_timeout = 0");
            connection.commit();
            statement.execute("lock table " + table + " in access exclusive mode");
        }
    }
}
