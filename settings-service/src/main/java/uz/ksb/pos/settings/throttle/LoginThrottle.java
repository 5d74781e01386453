package uz.ksb.pos.settings.throttle;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Counts tries of secrets and makes the next one wait. In the database, by its clock, so that all replicas count together.
 */
@ApplicationScoped
public class LoginThrottle {
    /** Writes nothing while the scope has to wait. A wait longer than any is of a clock that was put back since. */
    private static final String BEGIN = """
            insert into login_attempts as known (scope, failures, blocked_until, last_at)
            values ($1, 1, clock_timestamp() + case when 1 < $2 then 0 else $3 end * interval '1 ms', clock_timestamp())
            on conflict (scope) do update set
                failures = case when known.last_at + $5 * interval '1 ms' < clock_timestamp() then 1 else known.failures + 1 end,
                blocked_until = clock_timestamp() + interval '1 ms' * case
                    when known.last_at + $5 * interval '1 ms' < clock_timestamp() or known.failures + 1 < $2 then 0
                    else least($4, $3 * power(2, least(known.failures + 1 - $2, 30))) end,
                last_at = clock_timestamp()
            where known.blocked_until <= clock_timestamp()
                or known.blocked_until > clock_timestamp() + $4 * interval '1 ms'
            returning failures""";

    private static final String WAIT =
            "select extract(epoch from blocked_until - clock_timestamp()) * 1000 from login_attempts where scope = $1";

    private static final String MUST_WAIT = WAIT
            + " and blocked_until > clock_timestamp() and blocked_until <= clock_timestamp() + $2 * interval '1 ms'";

    private static final String TAKE_BACK = """
            update login_attempts set failures = failures - 1,
                blocked_until = case when failures - 1 < $2 then clock_timestamp() else blocked_until end
            where scope = $1""";

    private final Pool pool;
    private final ThrottleConfig config;

    LoginThrottle(Pool pool, ThrottleConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * The key by which tries are counted together.
     *
     * @param who a login on a device, or a client at an address: never a login alone, else anyone could lock it out
     * @param address empty: only {@code who} is limited
     */
    public record Scope(String who, Optional<String> address) {
        private Optional<String> addressScope() {
            return address.map("address "::concat);
        }
    }

    /**
     * Tries of one user's PIN. The user is limited as well: whoever sends from many tills would soon have tried every PIN.
     *
     * @param user unique among all enterprises
     * @param deviceId the till's
     */
    public record PinScope(String user, String deviceId) {
        private String atTill() {
            return "pin " + user + " " + deviceId;
        }

        private String anywhere() {
            return "pin " + user;
        }
    }

    /** Counts a try before it is decided; fails with 429 while the scope has to wait. */
    public Uni<Void> begin(Scope scope) {
        Duration wait = config.firstWait();
        return pool.withTransaction(connection -> begin(connection, scope.who(), config.freeFailures(), wait)
                .chain(() -> scope.addressScope()
                        .map(address -> begin(connection, address, config.freeFailuresPerAddress(), wait))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    /** As {@link #begin(Scope)}. */
    public Uni<Void> begin(PinScope scope) {
        Duration wait = config.firstPinWait();
        return pool.withTransaction(connection -> begin(connection, scope.atTill(), config.freePins(), wait)
                .chain(() -> begin(connection, scope.anywhere(), config.freePinsPerUser(), wait)));
    }

    /**
     * Whether this address may show a token; fails with 429 while it has to wait because of {@link #countWrongToken}. Tills
     * behind one address that renew at once do not count against each other: only wrong tokens count.
     *
     * @param address empty: not limited
     */
    public Uni<Void> beginToken(Optional<String> address) {
        return address.map(one -> pool.preparedQuery(MUST_WAIT)
                        .execute(Tuple.of(tokensOf(one), config.longestWait().toMillis()))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().voidItem()
                                : refuse(rows.iterator().next().getNumeric(0).longValue())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Counts a refresh token that was none. Tokens have a limit of their own: they lock no login out. */
    public Uni<Void> countWrongToken(Optional<String> address) {
        return address.map(one -> pool.preparedQuery(BEGIN)
                        .execute(attempt(tokensOf(one), config.freeTokensPerAddress(), config.firstWait()))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static String tokensOf(String address) {
        return "tokens of address " + address;
    }

    /** The PIN was right: the tries of it are forgotten. */
    public Uni<Void> succeed(PinScope scope) {
        return pool.preparedQuery("delete from login_attempts where scope in ($1, $2)")
                .execute(Tuple.of(scope.atTill(), scope.anywhere()))
                .replaceWithVoid();
    }

    /** The secret was right: the tries of this login there are forgotten, the address is one try better off. */
    public Uni<Void> succeed(Scope scope) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("delete from login_attempts where scope = $1")
                .execute(Tuple.of(scope.who()))
                .chain(() -> connection
                        .preparedQuery(TAKE_BACK)
                        .execute(Tuple.of(scope.addressScope().orElse(null), config.freeFailuresPerAddress())))
                .replaceWithVoid());
    }

    @Scheduled(every = "1h", delayed = "5m")
    Uni<Void> forget() {
        return pool.preparedQuery("""
                        delete from login_attempts
                        where last_at < clock_timestamp() - $1 * interval '1 ms' and blocked_until < clock_timestamp()""")
                .execute(Tuple.of(config.forgetAfter().toMillis()))
                .replaceWithVoid();
    }

    private Uni<Void> begin(SqlConnection connection, String scope, int free, Duration firstWait) {
        return connection
                .preparedQuery(BEGIN)
                .execute(attempt(scope, free, firstWait))
                .chain(counted -> counted.rowCount() > 0 ? Uni.createFrom().voidItem() : refuse(connection, scope));
    }

    private Tuple attempt(String scope, int free, Duration firstWait) {
        return Tuple.of(
                scope,
                free,
                firstWait.toMillis(),
                config.longestWait().toMillis(),
                config.forgetAfter().toMillis());
    }

    private static Uni<Void> refuse(SqlConnection connection, String scope) {
        return connection
                .preparedQuery(WAIT)
                .execute(Tuple.of(scope))
                .chain(rows -> refuse(
                        rows.size() == 0
                                ? 0
                                : rows.iterator().next().getNumeric(0).longValue()));
    }

    private static Uni<Void> refuse(long millis) {
        return Uni.createFrom()
                .failure(Problem.tooMany(
                        "too-many-attempts",
                        "Too many wrong tries: wait a little.",
                        Duration.ofMillis(Math.max(1, millis))));
    }
}
