package uz.ksb.pos.settings.login;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.user.User;

/** The stored sessions. Each rotation holds its session's row. */
@ApplicationScoped
class Sessions {
    private static final String LOCK = """
            select id, user_id, device_id, password_version, current_hash, previous_hash, previous_nonce,
                (extract(epoch from clock_timestamp() - rotated_at) * 1000)::bigint as unused
            from sessions where id = $1 for update""";

    private static final String ROTATE = """
            update sessions set previous_hash = current_hash, previous_nonce = $2, current_hash = $3,
                rotated_at = clock_timestamp()
            where id = $1""";

    private final Pool pool;
    private final LoginConfig config;

    Sessions(Pool pool, LoginConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** A session and the token that continues it. */
    record Continued(Session session, RefreshToken token) {}

    Uni<RefreshToken> begin(User user, Device device) {
        RefreshToken token = new RefreshToken(Ids.next(), Secret.next());
        return pool.preparedQuery("""
                        insert into sessions (id, user_id, device_id, password_version, current_hash)
                        values ($1, $2, $3, $4, $5)""")
                .execute(Tuple.of(
                        token.session(),
                        user.id(),
                        device.id(),
                        user.passwordVersion(),
                        token.secret().hash()))
                .replaceWith(token);
    }

    /** Replaces the token; fails with 401 when the session has ended, or ends by this token's reuse. */
    Uni<Continued> renew(RefreshToken token) {
        return pool.withTransaction(connection -> lock(connection, token.session())
                        .chain(session -> session.isEmpty()
                                ? Uni.createFrom().item(Optional.<Continued>empty())
                                : renew(connection, session.get(), token)))
                .map(continued -> continued.orElseThrow(RefreshToken::ended));
    }

    /** Ends the session of a token that its holder gives up. */
    Uni<Void> end(RefreshToken token) {
        String hash = token.secret().hash();
        return pool.preparedQuery("delete from sessions where id = $1 and $2 in (current_hash, previous_hash)")
                .execute(Tuple.of(token.session(), hash))
                .replaceWithVoid();
    }

    Uni<Void> end(UUID session) {
        return pool.preparedQuery("delete from sessions where id = $1")
                .execute(Tuple.of(session))
                .replaceWithVoid();
    }

    /**
     * Lets the user's sessions on this device go on with the new password; all others end with the old one.
     *
     * @param deviceId the till's own; null when the caller is at none
     */
    Uni<Void> keepAfterPasswordChange(User user, String deviceId) {
        return pool.preparedQuery("""
                        update sessions set password_version = $2 from devices
                        where user_id = $1 and devices.id = sessions.device_id and devices.device_id::text = $3""")
                .execute(Tuple.of(user.id(), user.passwordVersion(), deviceId))
                .replaceWithVoid();
    }

    @Scheduled(every = "6h", delayed = "7m")
    Uni<Void> forgetUnused() {
        return pool.preparedQuery("delete from sessions where rotated_at < clock_timestamp() - $1 * interval '1 ms'")
                .execute(Tuple.of(config.refreshUnused().toMillis()))
                .replaceWithVoid();
    }

    private Uni<Optional<Session>> lock(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(session(rows.iterator().next())));
    }

    /** Empty: ended. Not a failure here, which would roll the end back. */
    private Uni<Optional<Continued>> renew(SqlConnection connection, Session session, RefreshToken token) {
        return switch (session.present(token.secret(), config.refreshGrace(), config.refreshUnused())) {
            case Session.Outcome.Rotate rotate ->
                connection
                        .preparedQuery(ROTATE)
                        .execute(Tuple.of(
                                session.id(), rotate.nonce(), rotate.successor().hash()))
                        .replaceWith(Optional.of(continued(session, rotate.successor())));
            case Session.Outcome.Repeat repeat ->
                Uni.createFrom().item(Optional.of(continued(session, repeat.successor())));
            case Session.Outcome.Reuse reuse -> end(connection, session);
            case Session.Outcome.TooOld tooOld -> end(connection, session);
        };
    }

    private static Uni<Optional<Continued>> end(SqlConnection connection, Session session) {
        return connection
                .preparedQuery("delete from sessions where id = $1")
                .execute(Tuple.of(session.id()))
                .replaceWith(Optional.empty());
    }

    private static Continued continued(Session session, Secret successor) {
        return new Continued(session, new RefreshToken(session.id(), successor));
    }

    private static Session session(Row row) {
        return new Session(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("device_id"),
                row.getInteger("password_version"),
                row.getString("current_hash"),
                row.getString("previous_hash"),
                row.getString("previous_nonce"),
                Duration.ofMillis(row.getLong("unused")));
    }
}
