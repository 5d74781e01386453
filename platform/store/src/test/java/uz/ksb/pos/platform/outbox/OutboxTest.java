package uz.ksb.pos.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.platform.testing.TopicReader.Published;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class OutboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String KSB_ID = "10000001";

    @Inject
    Outbox outbox;

    @Test
    void aCommittedChangeIsPublishedWithItsEnvelope() {
        String document = newDocument();

        change(document).await().atMost(LIMIT);

        eventually(() -> assertThat(published(document)).hasSize(1));
        Published event = published(document).getFirst();
        assertThat(event.key()).isEqualTo(KSB_ID);
        assertThat(event.event().type()).isEqualTo("document.changed");
        assertThat(event.event().source()).isEqualTo("platform-test");
        assertThat(event.event().id().version()).isEqualTo(7);
        assertThat(event.data()).isEqualTo("{\"revision\":1}");
        eventually(() -> assertThat(outboxRows()).isZero());
    }

    @Test
    void aChangeThatIsRolledBackTellsNothing() {
        String document = newDocument();

        assertThatThrownBy(() -> outbox.inTransaction(connection -> changeIn(connection, document)
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("rolled back"))))
                        .await()
                        .atMost(LIMIT))
                .hasMessageContaining("rolled back");
        String later = newDocument();
        change(later).await().atMost(LIMIT);

        eventually(() -> assertThat(published(later)).hasSize(1));
        assertThat(published(document)).isEmpty();
    }

    @Test
    void eventsOfOneDocumentKeepTheirOrderUnderConcurrency() {
        String document = newDocument();
        int changes = 200;

        List<CompletableFuture<Void>> writers = IntStream.range(0, changes)
                .mapToObj(one -> change(document).subscribeAsCompletionStage())
                .toList();
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();

        eventually(() -> assertThat(revisions(document)).hasSize(changes));
        assertThat(revisions(document))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, changes).boxed().toList());
    }

    @Test
    void manyEventsOfOneChangeKeepTheirOrder() {
        String document = newDocument();
        List<Event> events = IntStream.rangeClosed(1, 500)
                .mapToObj(one -> new Event(Topics.SALES, "document.changed", KSB_ID, document, Map.of("revision", one)))
                .toList();

        outbox.inTransaction(connection -> outbox.add(connection, events))
                .await()
                .atMost(LIMIT);

        eventually(() -> assertThat(revisions(document)).hasSize(events.size()));
        assertThat(revisions(document))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
    }

    /** More than the relay reads at once. */
    @Test
    void largeEventsKeepTheirOrder() {
        String document = newDocument();
        String text = "x".repeat(800_000);
        List<Event> events = IntStream.rangeClosed(1, 20)
                .mapToObj(one -> new Event(
                        Topics.SALES, "document.changed", KSB_ID, document, Map.of("revision", one, "text", text)))
                .toList();

        outbox.inTransaction(connection -> outbox.add(connection, events))
                .await()
                .atMost(LIMIT);

        eventually(() -> assertThat(revisions(document)).hasSize(events.size()));
        assertThat(revisions(document))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void aRelayThatLosesItsSessionGoesOnAndRepeatsRatherThanLoses() throws SQLException {
        String document = newDocument();
        int changes = 300;
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            writers.add(change(document).subscribeAsCompletionStage());
            if (i % 60 == 30) {
                killRelaySession();
            }
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();

        eventually(() -> assertThat(revisions(document).stream().distinct().toList())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, changes).boxed().toList()));
        eventually(() -> assertThat(outboxRows()).isZero());
    }

    @Test
    void aTransactionThatCommitsLateIsPublishedAndHoldsUpNobody() throws SQLException {
        String late = newDocument();
        String early = newDocument();
        try (Connection slow = TestInfrastructure.database()) {
            slow.setAutoCommit(false);
            insertByHand(slow, late);
            change(early).await().atMost(LIMIT);
            eventually(() -> assertThat(published(early)).hasSize(1));

            slow.commit();
        }
        outbox.wake();

        eventually(() -> assertThat(published(late)).hasSize(1));
    }

    @Test
    void anOpenTransactionInAnotherDatabaseOfTheServerHoldsUpNobody() throws SQLException {
        String document = newDocument();
        try (Connection other = TestInfrastructure.database("postgres")) {
            other.setAutoCommit(false);
            other.createStatement().execute("create table if not exists idle (id int)");

            change(document).await().atMost(LIMIT);

            eventually(() -> assertThat(published(document)).hasSize(1));
            other.rollback();
        }
    }

    @Test
    void aChangeWhoseEventIsTooLargeIsRefusedAsAWhole() {
        String document = newDocument();
        Event large = new Event(
                Topics.SALES, "document.changed", KSB_ID, document, Map.of("text", "x".repeat(Outbox.MAX_DATA_BYTES)));

        assertThatThrownBy(() -> outbox.inTransaction(connection -> outbox.add(connection, large))
                        .await()
                        .atMost(LIMIT))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @Test
    void eventsThatTheLogHasLostArePublishedAgain() throws Exception {
        String topic = "pos.lost-tail.v1";
        List<String> documents =
                IntStream.range(0, 5).mapToObj(i -> newDocument()).toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers")))) {
            create(admin, topic);
            for (String document : documents) {
                Event event = new Event(topic, "document.changed", KSB_ID, document, Map.of("revision", 1));
                outbox.inTransaction(connection -> outbox.add(connection, event))
                        .await()
                        .atMost(LIMIT);
            }
            eventually(() -> assertThat(subjects(topic)).containsExactlyElementsOf(documents));

            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            eventually(() -> assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                    .doesNotContain(topic));
            create(admin, topic);
            // The next relay looks at once.
            killRelaySession();
            change(newDocument()).await().atMost(LIMIT);

            eventually(() -> assertThat(subjects(topic)).containsExactlyElementsOf(documents));
        }
    }

    @Test
    void eventsOfLongAgoAreForgottenWithoutNewOnes() throws SQLException {
        change(newDocument()).await().atMost(LIMIT);
        eventually(() -> assertThat(outboxRows()).isZero());
        execute(
                "insert into outbox_sent select -n, event_id, topic, type, ksb_id, subject, time, trace_parent, data, partition,"
                        + " position, now() - interval '1 hour' from generate_series(1, 1800) n, (select * from outbox_sent limit 1)");
        killRelaySession();
        eventually(() -> assertThat(query("select count(*) from outbox_sent where id < 0"))
                .isEqualTo(0L));
    }

    private static void create(Admin admin, String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
    }

    private static List<String> subjects(String topic) {
        return TopicReader.all(topic, one -> true).stream()
                .map(one -> one.event().subject())
                .toList();
    }

    @Test
    void aNotificationOfAnotherReplicaWakesTheRelayBeforeItsPoll() throws SQLException {
        String document = newDocument();
        try (Connection replica = TestInfrastructure.database()) {
            insertByHand(replica, document);
            replica.createStatement().execute("notify outbox");
        }

        // The slow poll of this test's configuration is a minute.
        uz.ksb.pos.platform.testing.Eventually.within(
                Duration.ofSeconds(30), () -> assertThat(published(document)).hasSize(1));
    }

    private Uni<Void> change(String document) {
        return outbox.inTransaction(connection -> changeIn(connection, document));
    }

    private Uni<Void> changeIn(SqlConnection connection, String document) {
        return connection
                .preparedQuery("""
                        insert into documents (id, revision) values ($1, 1)
                        on conflict (id) do update set revision = documents.revision + 1 returning revision""")
                .execute(Tuple.of(document))
                .map(rows -> rows.iterator().next().getInteger(0))
                .chain(revision -> outbox.add(
                        connection,
                        new Event(Topics.SALES, "document.changed", KSB_ID, document, Map.of("revision", revision))));
    }

    private static void insertByHand(Connection connection, String document) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into outbox (event_id, topic, type, ksb_id, subject, time, data)
                values (gen_random_uuid(), ?, 'document.changed', ?, ?, now(), '{"revision":1}')""")) {
            insert.setString(1, Topics.SALES);
            insert.setString(2, KSB_ID);
            insert.setString(3, document);
            insert.executeUpdate();
        }
    }

    private static void killRelaySession() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%outbox relay'");
    }

    private static long outboxRows() {
        return (long) query("select count(*) from outbox");
    }

    private static List<Published> published(String document) {
        return TopicReader.all(Topics.SALES, one -> document.equals(one.event().subject()));
    }

    private static List<Integer> revisions(String document) {
        return published(document).stream()
                .map(event -> Integer.valueOf(event.data().replaceAll("\\D", "")))
                .toList();
    }

    private static String newDocument() {
        return UUID.randomUUID().toString();
    }
}
