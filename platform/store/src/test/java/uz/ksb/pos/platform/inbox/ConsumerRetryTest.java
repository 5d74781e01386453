package uz.ksb.pos.platform.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.problem.Problem;

class ConsumerRetryTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    static Stream<Throwable> passing() {
        return Stream.of(
                ClosedConnectionException.INSTANCE,
                new ConnectException("refused"),
                new java.util.concurrent.TimeoutException(),
                new IllegalStateException("wrapped", ClosedConnectionException.INSTANCE),
                Problem.unavailable("later", Duration.ofSeconds(1)),
                Problem.tooMany("busy", "later", Duration.ofSeconds(1)));
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new NullPointerException(),
                new ArithmeticException("overflow"),
                new IllegalStateException("a rule"),
                new ClassCastException(),
                Problem.tooLarge("the event"),
                Problem.invalid("id", "is missing"),
                new PgException("no state", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53100", "53300", "55P03", "57014", "57P01", "57P03", "58030"})
    void aStateOfTheDatabaseThatCanPassIsTriedAgain(String state) {
        assertThat(ConsumerRetry.canPass(new PgException("away", "ERROR", state, null)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "23505", "23514", "42P01", "54000", "25006", "P0001", "XX000"})
    void aStateThatTheEventCausesIsNotTriedAgain(String state) {
        assertThat(ConsumerRetry.canPass(new PgException("bad", "ERROR", state, null)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFailureThatCanPassIsTriedAgain(Throwable failure) {
        AtomicInteger tries = new AtomicInteger();
        Uni<String> effect = Uni.createFrom()
                .deferred(() -> tries.incrementAndGet() < 3
                        ? Uni.createFrom().failure(failure)
                        : Uni.createFrom().item("done"));

        assertThat(ConsumerRetry.untilAvailable("one", effect).await().atMost(LIMIT))
                .isEqualTo("done");
        assertThat(tries).hasValue(3);
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void everyOtherFailureGoesToTheDeadLettersAtOnce(Throwable failure) {
        AtomicInteger tries = new AtomicInteger();
        Uni<String> effect = Uni.createFrom().deferred(() -> {
            tries.incrementAndGet();
            return Uni.createFrom().failure(failure);
        });

        assertThatThrownBy(() ->
                        ConsumerRetry.untilAvailable("one", effect).await().atMost(LIMIT))
                .isSameAs(failure);
        assertThat(tries).hasValue(1);
    }

    @Test
    void aConsumerThatTriesIsShownUntilItGoesOn() {
        AtomicReference<Boolean> shown = new AtomicReference<>();
        AtomicInteger tries = new AtomicInteger();
        Uni<String> effect = Uni.createFrom().deferred(() -> {
            if (tries.incrementAndGet() == 1) {
                return Uni.createFrom().failure(ClosedConnectionException.INSTANCE);
            }
            shown.set(ConsumerRetry.stuck().containsKey("shown"));
            return Uni.createFrom().item("done");
        });

        ConsumerRetry.untilAvailable("shown", effect).await().atMost(LIMIT);

        assertThat(shown.get()).isTrue();
        assertThat(ConsumerRetry.stuck()).doesNotContainKey("shown");
    }
}
