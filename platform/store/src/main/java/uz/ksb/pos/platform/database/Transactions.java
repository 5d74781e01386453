package uz.ksb.pos.platform.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.function.Function;

/** Transactions whose first statement does not wait for the answer to BEGIN: one round trip less. */
public final class Transactions {
    private Transactions() {}

    /** Runs {@code work} on a connection of its own; commits when it succeeds, else takes everything back. */
    public static <T> Uni<T> in(Pool pool, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().completionStage(() -> pool.getDelegate()
                .withConnection(connection -> in(connection, work))
                .toCompletionStage());
    }

    private static <T> Future<T> in(io.vertx.sqlclient.SqlConnection connection, Function<SqlConnection, Uni<T>> work) {
        Future<Transaction> begun = connection.begin();
        Transaction transaction = connection.transaction();
        return UniHelper.toFuture(Uni.createFrom().deferred(() -> work.apply(SqlConnection.newInstance(connection))))
                .compose(
                        result -> begun.compose(sure -> transaction.commit()).map(result),
                        failure -> transaction.rollback().transform(rolledBack -> Future.failedFuture(failure)));
    }
}
