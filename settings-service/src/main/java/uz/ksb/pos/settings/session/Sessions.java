package uz.ksb.pos.settings.session;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.user.User;

/** The stored sessions. Each renewal holds its session's row. */
@ApplicationScoped
public class Sessions {
    private static final String LOCK = "select *, clock_timestamp() as now from sessions where id = $1 for update";

    private static final String STORE =
            "update sessions set current_hash = $2, earlier = $3, used_at = clock_timestamp() where id = $1";

    private static final String TOUCH = "update sessions set used_at = clock_timestamp() where id = $1";

    /** The newest of a user on a device stay: cashiers who take turns all day leave no heap of sessions. */
    private static final String END_OLD = """
            delete from sessions where id in (
                select id from sessions where user_id = $1 and device_id = $2 order by used_at desc, id desc offset $3)""";

    private static final String WAS_HERE = """
            select exists (select 1 from sessions where user_id = $1 and device_id = $2 and user_version = $3
                and device_version = $4 and used_at > clock_timestamp() - $5 * interval '1 ms')""";

    private static final int MAX_PER_DEVICE = 20;

    private final Pool pool;
    private final SessionConfig config;

    Sessions(Pool pool, SessionConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** A session and the token that continues it. */
    public record Continued(Session session, RefreshToken token) {}

    public Uni<RefreshToken> begin(User user, Device device) {
        RefreshToken token = new RefreshToken(Ids.next(), Secret.next());
        return pool.preparedQuery("""
                        insert into sessions (id, user_id, device_id, user_version, device_version, current_hash)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(
                        token.session(),
                        user.id(),
                        device.id(),
                        user.sessionVersion(),
                        device.sessionVersion(),
                        token.secret().hash()))
                .chain(() -> pool.preparedQuery(END_OLD).execute(Tuple.of(user.id(), device.id(), MAX_PER_DEVICE)))
                .replaceWith(token);
    }

    /** Whether a session of this user on this device, which still counts, was used in the time before now. */
    public Uni<Boolean> wasUsed(User user, Device device, Duration before) {
        return pool.preparedQuery(WAS_HERE)
                .execute(Tuple.of(
                        user.id(), device.id(), user.sessionVersion(), device.sessionVersion(), before.toMillis()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Replaces the token; fails with 401 when the session has ended, or ends by this token's reuse. */
    public Uni<Continued> renew(RefreshToken token) {
        return pool.withTransaction(connection -> lock(connection, token.session())
                        .chain(row -> row.map(found -> renew(connection, session(found), now(found), token))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))))
                .map(continued -> continued.orElseThrow(RefreshToken::ended));
    }

    /**
     * Ends the session of a token that its holder gives up.
     *
     * @return whether it had not ended before
     */
    public Uni<Boolean> end(RefreshToken token) {
        return pool.withTransaction(connection -> lock(connection, token.session())
                .chain(row -> row.filter(found -> isOf(session(found), token))
                        .map(found -> end(connection, token.session()).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false))));
    }

    public Uni<Void> end(UUID session) {
        return pool.withConnection(connection -> end(connection, session));
    }

    /**
     * Lets the sessions on this device go on that counted until the user's last change; all others have ended with it. In the
     * transaction in hand.
     *
     * @param deviceId the till's own; null when the caller is at none
     */
    public Uni<Void> keepAfterPasswordChange(User user, String deviceId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update sessions set user_version = ?2 from devices
                                where user_id = ?1 and user_version = ?2 - 1
                                    and devices.id = sessions.device_id and devices.device_id::text = ?3""")
                        .setParameter(1, user.id())
                        .setParameter(2, user.sessionVersion())
                        .setParameter(3, deviceId)
                        .executeUpdate())
                .replaceWithVoid();
    }

    @Scheduled(every = "6h", delayed = "7m")
    Uni<Void> forgetUnused() {
        return pool.preparedQuery("delete from sessions where used_at < clock_timestamp() - $1 * interval '1 ms'")
                .execute(Tuple.of(config.unused().toMillis()))
                .replaceWithVoid();
    }

    private static Uni<Optional<Row>> lock(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next()));
    }

    /** Empty: ended. Not a failure here, which would roll the end back. */
    private Uni<Optional<Continued>> renew(SqlConnection connection, Session session, Instant now, RefreshToken token) {
        return switch (session.present(token.secret(), now, config.grace(), config.unused())) {
            case Session.Outcome.Rotated(Session next, Secret successor) ->
                connection
                        .preparedQuery(STORE)
                        .execute(Tuple.of(next.id(), next.currentHash(), json(next.earlier())))
                        .replaceWith(continued(session, successor));
            case Session.Outcome.Repeated(Secret current) ->
                connection
                        .preparedQuery(TOUCH)
                        .execute(Tuple.of(session.id()))
                        .replaceWith(continued(session, current));
            case Session.Outcome.Ended ended -> end(connection, session.id()).replaceWith(Optional.empty());
        };
    }

    private static boolean isOf(Session session, RefreshToken token) {
        return token.secret().hasHash(session.currentHash())
                || session.earlier().stream()
                        .anyMatch(generation -> token.secret().hasHash(generation.hash()));
    }

    private static Uni<Void> end(SqlConnection connection, UUID session) {
        return connection
                .preparedQuery("delete from sessions where id = $1")
                .execute(Tuple.of(session))
                .replaceWithVoid();
    }

    private static Optional<Continued> continued(Session session, Secret secret) {
        return Optional.of(new Continued(session, new RefreshToken(session.id(), secret)));
    }

    private static Instant now(Row row) {
        return row.getOffsetDateTime("now").toInstant();
    }

    private static Session session(Row row) {
        return new Session(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("device_id"),
                row.getInteger("user_version"),
                row.getInteger("device_version"),
                row.getString("current_hash"),
                row.getJsonArray("earlier").stream()
                        .map(JsonObject.class::cast)
                        .map(Sessions::generation)
                        .toList(),
                row.getOffsetDateTime("used_at").toInstant());
    }

    private static Session.Generation generation(JsonObject json) {
        return new Session.Generation(json.getString("hash"), json.getString("nonce"), json.getInstant("replacedAt"));
    }

    private static JsonArray json(List<Session.Generation> generations) {
        JsonArray array = new JsonArray();
        generations.forEach(generation -> array.add(new JsonObject()
                .put("hash", generation.hash())
                .put("nonce", generation.nonce())
                .put("replacedAt", generation.replacedAt())));
        return array;
    }
}
