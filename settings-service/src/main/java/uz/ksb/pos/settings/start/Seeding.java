package uz.ksb.pos.settings.start;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** SQL at start, one statement after the other. */
@ApplicationScoped
class Seeding {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool pool;

    Seeding(Pool pool) {
        this.pool = pool;
    }

    RowSet<Row> run(String sql, Object... values) {
        return pool.preparedQuery(sql).execute(Tuple.from(values)).await().atMost(LIMIT);
    }
}
