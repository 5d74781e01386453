package uz.ksb.pos.platform.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.database.Transactions;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.trace.EventTrace;

/**
 * Keeps the events of a change until they are published.
 *
 * <p>An event is added in the transaction of its change, after the lock of the changed document was taken: then the
 * events of one document are published in the order of its changes.
 */
@ApplicationScoped
public class Outbox {
    /** Larger events are refused together with their change, so that the relay never meets one it cannot send. */
    public static final int MAX_DATA_BYTES = 900 * 1024;

    private static final String INSERT = """
            insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""";

    /** Their ids rise in the order of the arrays. */
    private static final String INSERT_ALL = """
            insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
            select event_id, topic, type, ksb_id, subject, time, trace_parent, data
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])
              with ordinality as event (event_id, topic, type, ksb_id, subject, time, trace_parent, data, place)
            order by place""";

    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;
    private final OutboxSignal signal;

    Outbox(Pool pool, ObjectMapper json, Clock clock, OutboxSignal signal) {
        this.pool = pool;
        this.json = json;
        this.clock = clock;
        this.signal = signal;
    }

    /** One row of the outbox: the parameters of {@link #INSERT}, in order. */
    record Row(
            UUID id,
            String topic,
            String type,
            String ksbId,
            String subject,
            OffsetDateTime time,
            String traceParent,
            String data) {

        Object[] values() {
            return new Object[] {id, topic, type, ksbId, subject, time, traceParent, data};
        }
    }

    /**
     * Runs a use case in one transaction and, when it has committed, has its events published.
     *
     * @param work adds its events on the connection it is given
     */
    public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return Transactions.in(pool, work).invoke(signal::wake);
    }

    /** Adds one event in the transaction of {@code connection}. */
    public Uni<Void> add(SqlConnection connection, Event event) {
        return add(connection, List.of(event));
    }

    /**
     * Adds events, in order, in the transaction of {@code connection}.
     *
     * @throws Problem 413 when the data of one exceeds {@value #MAX_DATA_BYTES} bytes
     */
    public Uni<Void> add(SqlConnection connection, List<Event> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Row> rows = events.stream().map(this::row).toList();
        return rows.size() == 1
                ? connection
                        .preparedQuery(INSERT)
                        .execute(Tuple.from(rows.getFirst().values()))
                        .replaceWithVoid()
                : connection.preparedQuery(INSERT_ALL).execute(columns(rows)).replaceWithVoid();
    }

    private static Tuple columns(List<Row> rows) {
        return Tuple.from(List.of(
                rows.stream().map(Row::id).toArray(UUID[]::new),
                rows.stream().map(Row::topic).toArray(String[]::new),
                rows.stream().map(Row::type).toArray(String[]::new),
                rows.stream().map(Row::ksbId).toArray(String[]::new),
                rows.stream().map(Row::subject).toArray(String[]::new),
                rows.stream().map(Row::time).toArray(OffsetDateTime[]::new),
                rows.stream().map(Row::traceParent).toArray(String[]::new),
                rows.stream().map(Row::data).toArray(String[]::new)));
    }

    /** Wakes the relay: for a use case that committed its events by other means than {@link #inTransaction}. */
    public void wake() {
        signal.wake();
    }

    Row row(Event event) {
        return new Row(
                Ids.next(),
                event.topic(),
                event.type(),
                event.ksbId(),
                event.subject(),
                Rows.timestamp(clock.instant()),
                EventTrace.current(),
                data(event));
    }

    private String data(Event event) {
        try {
            String data = json.writeValueAsString(event.data());
            if (data.length() > MAX_DATA_BYTES / 3 && data.getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES) {
                throw Problem.tooLarge("The change is too large to be published: more than 900 KB.");
            }
            return data;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the data of " + event.type() + " cannot be written as JSON", e);
        }
    }
}
