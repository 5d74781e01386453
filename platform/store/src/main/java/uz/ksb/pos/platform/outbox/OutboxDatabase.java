package uz.ksb.pos.platform.outbox;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.event.CloudEvent;

/** The relay's own session with the database: not one of the pool, because the advisory lock belongs to the session. */
@ApplicationScoped
class OutboxDatabase {
    private static final long LOCK = 0x6b73622d6f757462L;
    private static final long ANSWER_SECONDS = 30;
    private static final long CLOSE_SECONDS = 2;
    private static final Logger LOG = Logger.getLogger(OutboxDatabase.class);

    private final Vertx vertx;
    private final String url;
    private final String user;
    private final String password;
    private final String source;

    OutboxDatabase(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.vertx = vertx;
        this.url = url;
        this.user = user;
        this.password = password;
        this.source = source;
    }

    record StoredEvent(long row, String topic, CloudEvent event, String data) {}

    /**
     * Opens a session that hears of new events.
     *
     * @param onSignal called when another replica has committed events, and when the session is lost
     */
    Session open(Runnable onSignal) throws InterruptedException, ExecutionException {
        PgConnectOptions options = PgConnectOptions.fromUri(url)
                .setUser(user)
                .setPassword(password)
                .setCachePreparedStatements(true);
        options.addProperty("application_name", source + " outbox relay");
        // A holder that vanished without a word gives up its lock within 10 s.
        options.addProperty("tcp_keepalives_idle", "4");
        options.addProperty("tcp_keepalives_interval", "2");
        options.addProperty("tcp_keepalives_count", "3");
        PgConnection connection = get(PgConnection.connect(vertx, options));
        connection.notificationHandler(notification -> onSignal.run());
        connection.closeHandler(closed -> onSignal.run());
        get(connection.query("listen " + OutboxSignal.CHANNEL).execute());
        // A deletion that a crash takes back is published again, as any relay that dies in between does.
        get(connection.query("set synchronous_commit = off").execute());
        // In the order of the key, whatever the statistics say: they tell of a moment, and the table fills and empties.
        get(connection
                .query("set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off")
                .execute());
        return new Session(connection);
    }

    @CanIgnoreReturnValue
    private static <T> T get(Future<T> answer) throws InterruptedException, ExecutionException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException("the database does not answer", e);
        }
    }

    /** Used by one thread. */
    final class Session implements AutoCloseable {
        private final PgConnection connection;
        private Future<?> deleted = Future.succeededFuture();

        private Session(PgConnection connection) {
            this.connection = connection;
        }

        boolean tryLock() throws InterruptedException, ExecutionException {
            return get(connection
                            .preparedQuery("select pg_try_advisory_lock($1)")
                            .execute(Tuple.of(LOCK)))
                    .iterator()
                    .next()
                    .getBoolean(0);
        }

        /**
         * The oldest that are there, without those that were deleted in this session.
         *
         * @param enoughBytes of data, after which none follows
         */
        List<StoredEvent> read(int most, long enoughBytes) throws InterruptedException, ExecutionException {
            List<StoredEvent> events = new ArrayList<>();
            Future<RowSet<Row>> rows = connection.preparedQuery("""
                            select id, topic, event_id, type, time, subject, ksb_id, trace_parent, data
                            from (select *, sum(octet_length(data)) over (order by id) - octet_length(data) as before
                                  from (select * from outbox order by id limit $1) oldest) measured
                            where before < $2 order by id""").execute(Tuple.of(most, enoughBytes));
            get(deleted);
            for (Row row : get(rows)) {
                CloudEvent event = new CloudEvent(
                        row.getUUID("event_id"),
                        row.getString("type"),
                        source,
                        row.getOffsetDateTime("time").toInstant(),
                        row.getString("subject"),
                        row.getString("ksb_id"),
                        row.getString("trace_parent"));
                events.add(new StoredEvent(row.getLong("id"), row.getString("topic"), event, row.getString("data")));
            }
            return events;
        }

        /** Does not wait: the next {@link #read} follows on the same session, and fails when this has. */
        void delete(List<StoredEvent> events) {
            Long[] rows = events.stream().map(StoredEvent::row).toArray(Long[]::new);
            deleted = connection
                    .preparedQuery("delete from outbox where id = any($1)")
                    .execute(Tuple.of(rows));
        }

        /** Comes back when the server has let the session go, and with it the lock; also when this thread is interrupted. */
        @Override
        public void close() {
            boolean interrupted = Thread.interrupted();
            try {
                connection.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException alreadyGone) {
                LOG.debug("the relay's session was gone already", alreadyGone);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
