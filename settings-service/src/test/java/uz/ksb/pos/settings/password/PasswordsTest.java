package uz.ksb.pos.settings.password;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;

import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The few places where hashes are computed. */
class PasswordsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MANY = 400;

    private final Vertx vertx = Vertx.vertx();
    private final Passwords passwords = new Passwords(new Quick(), vertx);

    private record Quick() implements PasswordConfig {
        @Override
        public int memoryKib() {
            return 1_024;
        }

        @Override
        public int iterations() {
            return 1;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public int atOnce() {
            return 2;
        }
    }

    @AfterEach
    void close() {
        passwords.close();
        vertx.closeAndAwait();
    }

    @Test
    void aPasswordIsVerifiedByItsHash() {
        String hash = passwords.hash("10000001", "secret").await().atMost(LIMIT);

        assertThat(passwords.verify("10000001", "secret", hash).await().atMost(LIMIT))
                .isTrue();
        assertThat(passwords.verify("10000001", "other", hash).await().atMost(LIMIT))
                .isFalse();
        assertThat(passwords.verify("10000001", "secret", null).await().atMost(LIMIT))
                .isFalse();
    }

    @Test
    void anEnterpriseThatHashesThousandsLetsOthersLogIn() {
        inOneOf(5, this::logInBesideThousands);
    }

    private void logInBesideThousands() {
        AtomicInteger computed = new AtomicInteger();
        List<CompletableFuture<String>> flood = IntStream.range(0, MANY)
                .mapToObj(i -> passwords
                        .hash("10000001", "p" + i)
                        .invoke(computed::incrementAndGet)
                        .subscribeAsCompletionStage())
                .toList();
        int before = computed.get();

        int meanwhile = passwords
                .hash("10000002", "secret")
                .map(hash -> computed.get() - before)
                .await()
                .atMost(LIMIT);

        assertThat(before).isLessThan(MANY);
        assertThat(meanwhile).isLessThan(MANY / 2);
        assertThat(flood).allSatisfy(one -> assertThat(one.join()).isNotNull());
    }
}
