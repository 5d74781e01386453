package uz.ksb.pos.sync.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.CloudEvent;

/** The requests that tell the CRM of completed syncs: one for each event, kept until it was received. */
@ApplicationScoped
public class CrmNotifications {
    private final Pool pool;
    private final ObjectMapper json;
    private final DatabaseClock clock;

    CrmNotifications(Pool pool, ObjectMapper json, DatabaseClock clock) {
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    /** How a request stands. */
    enum Status {
        PENDING,
        RECEIVED,
        /** Every attempt failed; it is not sent again until someone asks for it. */
        FAILED
    }

    /** One request. */
    record View(
            UUID id,
            String syncId,
            Status status,
            int attempts,
            Instant nextAttemptAt,
            String lastError,
            Instant createdAt,
            Instant receivedAt) {}

    /** A request that is due. */
    record Due(UUID id, String ksbId, String body, int attempts) {}

    /**
     * Notes a completed sync, once however often the event arrives.
     *
     * @param data the event's data as JSON
     */
    public Uni<Void> add(CloudEvent event, String data) {
        return pool.preparedQuery("""
                        insert into crm_notifications (id, ksb_id, sync_id, body, next_attempt_at, created_at)
                        values ($1, $2, $3, $4, %1$s, %1$s) on conflict (id) do nothing""".formatted(clock.now()))
                .execute(Tuple.of(event.id(), event.ksbId(), event.subject(), structured(event, data)))
                .replaceWithVoid();
    }

    /**
     * Takes a due request: no other replica takes it before {@code lease} has passed.
     *
     * @param longest the longest time that a request may have to wait
     * @param fresh whether it may be one that was not tried yet
     * @param failed whether it may be one that has failed before
     * @param others enterprises of which none is taken
     */
    Uni<Optional<Due>> takeDue(
            Duration lease, Duration longest, boolean fresh, boolean failed, Collection<String> others) {
        return pool.preparedQuery("""
                        update crm_notifications set next_attempt_at = %1$s + make_interval(secs => $1)
                        where id = (select id from crm_notifications
                            where status = 'PENDING' and %2$s and case when attempts = 0 then $2 else $3 end
                                and ksb_id <> all($4)
                            order by next_attempt_at limit 1 for update skip locked)
                        returning id, ksb_id, body, attempts""".formatted(clock.now(), clock.isPast("next_attempt_at", longest)))
                .execute(Tuple.of((double) lease.toSeconds(), fresh, failed, others.toArray(String[]::new)))
                .map(rows -> Rows.stream(rows)
                        .findFirst()
                        .map(row -> new Due(
                                row.getUUID("id"),
                                row.getString("ksb_id"),
                                row.getString("body"),
                                row.getInteger("attempts"))));
    }

    /** It was taken and not sent: it is due at once. */
    Uni<Void> giveBack(Due request) {
        return pool.preparedQuery(
                        "update crm_notifications set next_attempt_at = %s where id = $1".formatted(clock.now()))
                .execute(Tuple.of(request.id()))
                .replaceWithVoid();
    }

    Uni<Void> received(Due request) {
        return pool.preparedQuery("""
                        update crm_notifications
                        set status = 'RECEIVED', attempts = attempts + 1, received_at = %s, last_error = null
                        where id = $1""".formatted(clock.now()))
                .execute(Tuple.of(request.id()))
                .replaceWithVoid();
    }

    /** @param pause until the next attempt; empty: given up */
    Uni<Void> failed(Due request, String error, Optional<Duration> pause) {
        return pool.preparedQuery("""
                        update crm_notifications set attempts = attempts + 1, last_error = $2, status = $3,
                            next_attempt_at = %s + make_interval(secs => $4)
                        where id = $1""".formatted(clock.now()))
                .execute(Tuple.of(
                        request.id(), error, (pause.isPresent() ? Status.PENDING : Status.FAILED).name(), (double)
                                pause.orElse(Duration.ZERO).toSeconds()))
                .replaceWithVoid();
    }

    Uni<List<View>> list(String ksbId, Optional<Status> status) {
        return pool.preparedQuery("""
                        select * from crm_notifications where ksb_id = $1 and ($2::text is null or status = $2)
                        order by created_at desc limit 1000""")
                .execute(Tuple.of(ksbId, status.map(Enum::name).orElse(null)))
                .map(rows -> Rows.list(rows, CrmNotifications::view));
    }

    Uni<Optional<View>> sendAgain(String ksbId, UUID id) {
        return pool.preparedQuery("""
                        update crm_notifications set status = 'PENDING', attempts = 0, next_attempt_at = %s
                        where ksb_id = $1 and id = $2 returning *""".formatted(clock.now()))
                .execute(Tuple.of(ksbId, id))
                .map(rows -> Rows.stream(rows).findFirst().map(CrmNotifications::view));
    }

    /** The event in CloudEvents' structured JSON mode. */
    private String structured(CloudEvent event, String data) {
        try {
            ObjectNode body = json.createObjectNode()
                    .put("specversion", "1.0")
                    .put("id", event.id().toString())
                    .put("type", event.type())
                    .put("source", event.source())
                    .put("time", event.time().toString())
                    .put("subject", event.subject())
                    .put("ksbid", event.ksbId())
                    .put("datacontenttype", "application/json");
            body.set("data", json.readTree(data));
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the event " + event.id() + " is not JSON", e);
        }
    }

    private static View view(Row row) {
        return new View(
                row.getUUID("id"),
                row.getString("sync_id"),
                Status.valueOf(row.getString("status")),
                row.getInteger("attempts"),
                Rows.instant(row, "next_attempt_at"),
                row.getString("last_error"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "received_at"));
    }
}
