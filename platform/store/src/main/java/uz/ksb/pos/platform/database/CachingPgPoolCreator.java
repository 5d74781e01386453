package uz.ksb.pos.platform.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections. Nobody waits for it longer than {@link DatabaseLimits} says.
 *
 * <p>Its connections keep every statement they have prepared. The client by itself keeps those below 2,048 characters only: longer
 * ones, which are the costly ones, would be sent, parsed and planned anew each time.
 */
@Singleton
class CachingPgPoolCreator implements PgPoolCreator {
    /** The name that Vert.x gives to its own handler, which is the last of a connection's. */
    private static final String LAST_HANDLER = "handler";

    private static final Duration EARLIER = Duration.ofMillis(500);

    private final DatabaseLimits limits;

    CachingPgPoolCreator(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        if (servers.size() != 1) {
            throw new IllegalArgumentException(
                    "quarkus.datasource.reactive.url names " + servers.size() + " servers, not one");
        }
        int wait = Math.toIntExact(limits.connection().toMillis());
        PgConnectOptions server = servers.getFirst().setPreparedStatementCacheSqlFilter(statement -> true);
        server.setConnectTimeout(wait);
        // A server that works ends a long statement itself, and the connection is kept.
        server.addProperty(
                "statement_timeout",
                Long.toString(limits.answer().minus(EARLIER).toMillis()));
        return PgBuilder.pool()
                .with(input.poolOptions().setConnectionTimeout(wait).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(server)
                .withConnectHandler(this::watch)
                .using(input.vertx())
                .build();
    }

    private void watch(SqlConnection connection) {
        SocketConnectionBase made = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        made.socket()
                .channelHandlerContext()
                .pipeline()
                .addBefore(LAST_HANDLER, null, new AnswerTimeout(limits.answer()));
        var unused = connection.close();
    }
}
