package uz.ksb.pos.platform.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class InboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    Inbox inbox;

    @Inject
    Pool pool;

    @Test
    void anEventThatArrivesManyTimesAtOnceHasItsEffectOnce() throws SQLException {
        UUID event = UUID.randomUUID();

        List<CompletableFuture<Boolean>> deliveries = IntStream.range(0, 16)
                .mapToObj(one -> deliver(event, "one").subscribeAsCompletionStage())
                .toList();

        assertThat(deliveries.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(effects(event)).isEqualTo(1);
    }

    @Test
    void twoConsumersOfOneServiceSeeTheEventIndependently() throws SQLException {
        UUID event = UUID.randomUUID();

        assertThat(deliver(event, "one").await().atMost(LIMIT)).isTrue();
        assertThat(deliver(event, "other").await().atMost(LIMIT)).isTrue();
        assertThat(deliver(event, "other").await().atMost(LIMIT)).isFalse();

        assertThat(effects(event)).isEqualTo(2);
    }

    @Test
    void anEffectThatFailsLeavesNoNoteSoThatTheNextDeliveryHasIt() throws SQLException {
        UUID event = UUID.randomUUID();

        assertThatThrownBy(() -> pool.withTransaction(
                                connection -> inbox.once(connection, event, "one", () -> Uni.createFrom()
                                        .failure(new IllegalStateException("broken off"))))
                        .await()
                        .atMost(LIMIT))
                .hasMessageContaining("broken off");

        assertThat(deliver(event, "one").await().atMost(LIMIT)).isTrue();
        assertThat(effects(event)).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanAnyTopicIsForgotten() throws SQLException {
        UUID event = UUID.randomUUID();
        assertThat(deliver(event, "one").await().atMost(LIMIT)).isTrue();
        execute("update inbox set received_at = received_at - interval '41 days' where event_id = '" + event + "'");

        assertThat(inbox.forgetOld().await().atMost(LIMIT)).isEqualTo(1);
    }

    private Uni<Boolean> deliver(UUID event, String consumer) {
        return pool.withTransaction(connection -> inbox.once(connection, event, consumer, () -> connection
                .preparedQuery("""
                                insert into documents (id, revision) values ($1, 1)
                                on conflict (id) do update set revision = documents.revision + 1""")
                .execute(Tuple.of(event.toString()))
                .replaceWithVoid()));
    }

    private static Object effects(UUID event) {
        return query("select revision from documents where id = '" + event + "'");
    }
}
