package uz.ksb.pos.platform.outbox;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.event.CloudEvent;

/** The relay's own session with the database: not one of the pool, because the advisory lock belongs to the session. */
@ApplicationScoped
class OutboxDatabase {
    static final long LOCK = 0x6b73622d6f757462L;
    private static final long ANSWER_SECONDS = 10;
    /** Longer than any poll. */
    private static final int MAX_SILENCE_SECONDS = 90;

    private static final long CLOSE_SECONDS = 2;
    private static final Logger LOG = Logger.getLogger(OutboxDatabase.class);

    private final Vertx vertx;
    private final String url;
    private final String user;
    private final String password;
    private final List<String> authorities;
    private final String source;
    private final Duration silence;

    OutboxDatabase(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") Optional<String> url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            @ConfigProperty(name = "quarkus.datasource.reactive.trust-certificate-pem.certs")
                    Optional<List<String>> authorities,
            @ConfigProperty(name = "quarkus.application.name") String source,
            OutboxConfig config) {
        this.vertx = vertx;
        // Missing ones are told with all that is unsafe, when the relay is not yet asked to begin.
        this.url = url.orElse("");
        this.user = user.orElse("");
        this.password = password.orElse("");
        this.authorities = authorities.orElse(List.of());
        this.source = source;
        this.silence = config.silence();
    }

    record StoredEvent(long row, String topic, CloudEvent event, String data) {}

    /** Columns that an event takes along when it goes from one table to the other. */
    private static final String COLUMNS = "id, event_id, topic, type, ksb_id, subject, time, trace_parent, data";

    private static final String KEEP = """
            with sent as (delete from outbox where id = any($1) returning %1$s)
            insert into outbox_sent (%1$s, partition, position)
            select %1$s, partition, position
            from sent join unnest($1::bigint[], $2::int[], $3::bigint[]) as place (id, partition, position) using (id)""".formatted(COLUMNS);

    /** With their old ids, so that they come before newer events of the same document. */
    private static final String RESTORE = """
            with lost as (delete from outbox_sent where topic = $1 and partition = $2 and position >= $3 returning %1$s)
            insert into outbox (%1$s) overriding system value select %1$s from lost order by id""".formatted(COLUMNS);

    private static final String LAST_PLACES = """
            select topic, partition, max(position) as position from outbox_sent group by topic, partition""";

    private static final int MAX_FORGOTTEN = 500;

    /** From the oldest on: what was sent later has a larger id. By an array, so that the key is asked, however large the table. */
    private static final String FORGET = """
            delete from outbox_sent where id = any(array(
                select id from (select id, sent_at from outbox_sent order by id limit %d) oldest
                where sent_at < clock_timestamp() - $1 * interval '1 millisecond'
                   or sent_at > clock_timestamp() + interval '1 minute'))""".formatted(MAX_FORGOTTEN);

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
        if (!authorities.isEmpty()) {
            PemTrustOptions trusted = new PemTrustOptions();
            authorities.forEach(trusted::addCertPath);
            options.setTrustOptions(trusted).setHostnameVerificationAlgorithm("HTTPS");
        }
        options.setReadIdleTimeout(MAX_SILENCE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        options.addProperty("application_name", source + " outbox relay");
        // A holder that vanished without a word gives up its lock within 10 s.
        options.addProperty("tcp_keepalives_idle", "4");
        options.addProperty("tcp_keepalives_interval", "2");
        options.addProperty("tcp_keepalives_count", "3");
        // One that is frozen cannot use its session, or does not read a long answer.
        options.addProperty("idle_session_timeout", Long.toString(silence.toMillis()));
        options.addProperty("tcp_user_timeout", Long.toString(silence.toMillis()));
        Future<PgConnection> opening = PgConnection.connect(vertx, options);
        // A frozen server may answer long after nobody waits any more: no session may stay behind, because one could
        // get the lock.
        try {
            return prepared(get(opening), onSignal);
        } catch (ExecutionException | InterruptedException failed) {
            opening.onSuccess(PgConnection::close);
            throw failed;
        }
    }

    private Session prepared(PgConnection connection, Runnable onSignal)
            throws InterruptedException, ExecutionException {
        connection.notificationHandler(notification -> onSignal.run());
        connection.closeHandler(closed -> onSignal.run());
        // Without one the client prints the failure past the log; the next statement fails with it.
        connection.exceptionHandler(lost -> LOG.debug("the relay's session is lost", lost));
        get(connection.query("listen " + OutboxSignal.CHANNEL).execute());
        // A deletion that a crash takes back is published again, as any relay that dies in between does.
        get(connection.query("set synchronous_commit = off").execute());
        // In the order of the key, whatever the statistics say: they tell of a moment, and the table fills and empties.
        get(connection
                .query("set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off")
                .execute());
        // Planning anew for each length of the arrays takes as long as the statement.
        get(connection.query("set plan_cache_mode = force_generic_plan").execute());
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
        private final long signs;
        private Future<?> kept = Future.succeededFuture();

        private Session(PgConnection connection) {
            this.connection = connection;
            this.signs = vertx.setPeriodic(silence.toMillis() / 3, timer -> showThatItLives());
        }

        /** Also while the relay's thread waits for Kafka, however long. */
        private void showThatItLives() {
            Future<?> unused = connection
                    .query("select")
                    .execute()
                    .onFailure(lost -> LOG.debug("the relay's session is lost, as its next statement tells", lost));
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
         * The oldest events, without those that were sent in this session.
         *
         * @param enoughBytes of data, after which no further row is read
         */
        List<StoredEvent> read(int most, long enoughBytes) throws InterruptedException, ExecutionException {
            List<StoredEvent> events = new ArrayList<>();
            Future<RowSet<Row>> rows = connection.preparedQuery("""
                            select id, topic, event_id, type, time, subject, ksb_id, trace_parent, data
                            from (select *, sum(octet_length(data)) over (order by id) - octet_length(data) as before
                                  from (select * from outbox order by id limit $1) oldest) measured
                            where before < $2 order by id""").execute(Tuple.of(most, enoughBytes));
            get(kept);
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

        /**
         * Takes events out of the outbox and keeps them for a while, with their places in the log. Does not wait: the next
         * {@link #read} follows on the same session, and fails when this has.
         */
        void keep(List<StoredEvent> events, List<RecordMetadata> places) {
            Long[] rows = events.stream().map(StoredEvent::row).toArray(Long[]::new);
            Integer[] partitions =
                    places.stream().map(RecordMetadata::partition).toArray(Integer[]::new);
            Long[] positions = places.stream().map(RecordMetadata::offset).toArray(Long[]::new);
            kept = connection.preparedQuery(KEEP).execute(Tuple.of(rows, partitions, positions));
        }

        /** Puts back the events that the log held at {@code position} and later: they are published again. */
        int restore(TopicPartition place, long position) throws InterruptedException, ExecutionException {
            return get(connection.preparedQuery(RESTORE).execute(Tuple.of(place.topic(), place.partition(), position)))
                    .rowCount();
        }

        /** The last position of each partition that a kept event has. */
        Map<TopicPartition, Long> lastPlaces() throws InterruptedException, ExecutionException {
            Map<TopicPartition, Long> places = new HashMap<>();
            for (Row row : get(connection.query(LAST_PLACES).execute())) {
                places.put(
                        new TopicPartition(row.getString("topic"), row.getInteger("partition")),
                        row.getLong("position"));
            }
            return places;
        }

        /**
         * Drops events that were sent longer than {@code age} ago, not many: the next events wait for it.
         *
         * @return whether there may be more
         */
        boolean forget(Duration age) throws InterruptedException, ExecutionException {
            return get(connection.preparedQuery(FORGET).execute(Tuple.of(age.toMillis())))
                            .rowCount()
                    == MAX_FORGOTTEN;
        }

        /**
         * Returns when the server has closed the session, and so released the lock; also when this thread is
         * interrupted.
         */
        @Override
        public void close() {
            boolean interrupted = Thread.interrupted();
            boolean unused = vertx.cancelTimer(signs);
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
