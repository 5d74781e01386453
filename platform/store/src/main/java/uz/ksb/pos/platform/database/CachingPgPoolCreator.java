package uz.ksb.pos.platform.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The pool of connections.
 *
 * <p>Its connections keep every statement they have prepared. The client by itself keeps those below 2,048 characters only: longer
 * ones, which are the costly ones, would be sent, parsed and planned anew each time.
 */
@Singleton
class CachingPgPoolCreator implements PgPoolCreator {
    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        if (servers.size() != 1) {
            throw new IllegalArgumentException(
                    "quarkus.datasource.reactive.url names " + servers.size() + " servers, not one");
        }
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(servers.getFirst().setPreparedStatementCacheSqlFilter(statement -> true))
                .using(input.vertx())
                .build();
    }
}
