package uz.ksb.pos.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.TopicReader;

/** A process that is frozen keeps its connections: to the database it looks like one that has nothing to ask. */
@QuarkusTest
@TestProfile(PlatformProfile.class)
class FrozenRelayTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Inject
    Outbox outbox;

    @Inject
    OutboxConfig config;

    @Test
    void aFrozenRelayLosesItsTurnAndItsSession() throws Exception {
        Vertx process = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1)));
        CountDownLatch thaw = new CountDownLatch(1);
        try (OutboxDatabase.Session session = database(process).open(() -> {})) {
            takeTheTurn(session);
            process.runOnContext(frozen -> await(thaw));
            String document = UUID.randomUUID().toString();
            Event event = new Event(Topics.SALES, "document.changed", "10000001", document, Map.of("revision", 1));
            outbox.inTransaction(connection -> outbox.add(connection, event))
                    .await()
                    .atMost(LIMIT);

            within(LIMIT, () -> assertThat(published(document)).hasSize(1));

            thaw.countDown();
            assertThatThrownBy(() -> session.read(1, 1)).isInstanceOf(ExecutionException.class);
        } finally {
            thaw.countDown();
            process.close().toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** As a relay does that waits for Kafka. */
    @Test
    void aRelayThatOnlyWaitsKeepsItsTurn() throws Exception {
        Vertx process = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (OutboxDatabase.Session session = database(process).open(() -> {})) {
            takeTheTurn(session);
            long asked = System.nanoTime();

            within(Duration.ofSeconds(30), () -> assertThat(System.nanoTime() - asked)
                    .isGreaterThan(2 * config.silence().toNanos()));

            assertThat(session.tryLock()).isTrue();
            assertThat((long) TestInfrastructure.query(
                            "select count(*) from pg_stat_activity where application_name = 'other outbox relay'"))
                    .isOne();
        } finally {
            process.close().toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void takeTheTurn(OutboxDatabase.Session session) {
        eventually(() -> {
            execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'platform-test outbox relay'");
            assertThat(session.tryLock()).isTrue();
        });
    }

    private OutboxDatabase database(Vertx process) {
        Config settings = ConfigProvider.getConfig();
        return new OutboxDatabase(
                process,
                settings.getOptionalValue("quarkus.datasource.reactive.url", String.class),
                settings.getOptionalValue("quarkus.datasource.username", String.class),
                settings.getOptionalValue("quarkus.datasource.password", String.class),
                Optional.empty(),
                "other",
                config);
    }

    private static List<TopicReader.Published> published(String document) {
        return TopicReader.all(Topics.SALES, one -> document.equals(one.event().subject()));
    }

    private static void await(CountDownLatch thaw) {
        try {
            thaw.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
