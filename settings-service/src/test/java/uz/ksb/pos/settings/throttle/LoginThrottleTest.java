package uz.ksb.pos.settings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.throttle.LoginThrottle.PinScope;
import uz.ksb.pos.settings.throttle.LoginThrottle.Scope;

@QuarkusTest
class LoginThrottleTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int FREE_PER_ADDRESS = 8;

    private final String address = UUID.randomUUID().toString();

    @Inject
    Pool pool;

    @Inject
    ThrottleConfig usual;

    private LoginThrottle throttle;

    /** As usual, but with a small number for each address. */
    private record Limits(
            int freeFailures,
            int freeFailuresPerAddress,
            int freeTokensPerAddress,
            int freePins,
            int freePinsPerUser,
            Duration firstPinWait,
            Duration firstWait,
            Duration longestWait,
            Duration forgetAfter)
            implements ThrottleConfig {}

    @BeforeEach
    void withFewFreeFailuresPerAddress() {
        throttle = new LoginThrottle(
                pool,
                new Limits(
                        usual.freeFailures(),
                        FREE_PER_ADDRESS,
                        usual.freeTokensPerAddress(),
                        usual.freePins(),
                        usual.freePinsPerUser(),
                        usual.firstPinWait(),
                        usual.firstWait(),
                        usual.longestWait(),
                        usual.forgetAfter()));
    }

    @Test
    void waitsDoubleFromTheFifthTryUpToAQuarterOfAnHour() {
        String who = UUID.randomUUID().toString();
        List<Long> waits = new ArrayList<>();
        for (int failure = 1; failure <= 14; failure++) {
            begin(new Scope(who, Optional.empty()));
            waits.add(number(
                    "select round(extract(epoch from blocked_until - last_at))::bigint from login_attempts where scope = $1",
                    who));
            waited(who);
        }

        assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L);
    }

    @Test
    void afterAnHourWithoutOneTheyAreForgotten() {
        String who = UUID.randomUUID().toString();
        IntStream.range(0, 5).forEach(one -> begin(new Scope(who, Optional.empty())));
        number(
                "update login_attempts set last_at = last_at - interval '61 min', blocked_until = last_at where scope = $1"
                        + " returning 0::bigint",
                who);

        begin(new Scope(who, Optional.empty()));

        assertThat(number("select failures::bigint from login_attempts where scope = $1", who))
                .isEqualTo(1);
    }

    @Test
    void anAddressThatTriesManyLoginsWaitsTooAndNoOther() {
        IntStream.range(0, FREE_PER_ADDRESS).forEach(one -> begin(someone(address)));

        assertThatThrownBy(() -> begin(someone(address))).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.retryAfter()).isBetween(Duration.ofSeconds(1), usual.firstWait());
        });

        begin(someone(UUID.randomUUID().toString()));
        begin(someone(null));
    }

    @Test
    void whoIsRefusedForTheAddressHasUsedNoTryOfTheLogin() {
        IntStream.range(0, FREE_PER_ADDRESS).forEach(one -> begin(someone(address)));
        Scope scope = someone(address);

        assertThatThrownBy(() -> begin(scope)).isInstanceOf(Problem.class);

        assertThat(number("select count(*) from login_attempts where scope = $1", scope.who()))
                .isZero();
    }

    @Test
    void aShopWhereEverybodyKnowsThePasswordNeverWaits() {
        for (int i = 0; i < 3 * FREE_PER_ADDRESS; i++) {
            Scope scope = someone(address);
            begin(scope);
            throttle.succeed(scope).await().atMost(LIMIT);
        }

        assertThat(number("select failures::bigint from login_attempts where scope = $1", "address " + address))
                .isZero();
    }

    @Test
    void aPinWaitsAMinutePerTillAndLaterAtAllTills() {
        String user = UUID.randomUUID().toString();
        IntStream.range(0, 5).forEach(one -> tryPin(user, "a"));
        assertThatThrownBy(() -> tryPin(user, "a"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.retryAfter())
                        .isBetween(Duration.ofSeconds(50), usual.firstPinWait()));

        IntStream.range(0, 15).forEach(one -> tryPin(user, "till " + one));
        assertThatThrownBy(() -> tryPin(user, "another till")).isInstanceOf(Problem.class);
        tryPin(UUID.randomUUID().toString(), "a");
    }

    @Test
    void aRightPinForgetsTheWrongOnes() {
        String user = UUID.randomUUID().toString();
        for (int i = 0; i < 30; i++) {
            tryPin(user, "a");
            throttle.succeed(new PinScope(user, "a")).await().atMost(LIMIT);
        }
    }

    private void tryPin(String user, String till) {
        throttle.begin(new PinScope(user, till)).await().atMost(LIMIT);
    }

    private static Scope someone(String address) {
        return new Scope(UUID.randomUUID().toString(), Optional.ofNullable(address));
    }

    private void begin(Scope scope) {
        throttle.begin(scope).await().atMost(LIMIT);
    }

    private void waited(String who) {
        number("update login_attempts set blocked_until = clock_timestamp() where scope = $1 returning 0::bigint", who);
    }

    private long number(String sql, String scope) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(scope))
                .await()
                .atMost(LIMIT)
                .iterator()
                .next()
                .getLong(0);
    }
}
