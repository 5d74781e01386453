package uz.ksb.pos.sync.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpServer;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.sync.SyncBackOffice;

/** A CRM that is away for long, on a clock that the test moves: that of the database and that of the sender. */
@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class CrmOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Enterprises, more than are asked about at a time by far if each had its connection for ten seconds. */
    private static final int MANY = 200;

    private static final int FIRST_UNHEARD = 19001000;
    private static final String SILENCE = "not-answered";
    private static final List<Duration> DOCUMENTED = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    @Inject
    Pool pool;

    @Inject
    ObjectMapper json;

    @Inject
    Scheduler scheduler;

    @Inject
    CrmConfig configured;

    private final Vertx vertx = Vertx.vertx();
    private final UUID event = Ids.next();
    private final String ksbId = "19000001";
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 503;
    private Duration moved = Duration.ZERO;
    private HttpServer crm;

    /** An attempt, with how far the clock was moved. */
    private record Request(Duration at, Map<String, List<String>> headers, String body) {}

    @BeforeEach
    void aCrm() {
        // The service's own sender would take what is due.
        scheduler.pause();
        crm = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> {
                    if (event.toString().equals(request.getHeader("webhook-id"))) {
                        requests.add(new Request(
                                moved,
                                Map.of(
                                        "webhook-id", List.of(request.getHeader("webhook-id")),
                                        "webhook-timestamp", List.of(request.getHeader("webhook-timestamp")),
                                        "webhook-signature", List.of(request.getHeader("webhook-signature"))),
                                body.toString()));
                    }
                    if (!body.toString().contains(SILENCE)) {
                        request.response().setStatusCode(status).endAndForget();
                    }
                }))
                .listenAndAwait(0);
    }

    @AfterEach
    void stop() {
        vertx.closeAndAwait();
        scheduler.resume();
    }

    private CrmNotifications notifications() {
        return new CrmNotifications(pool, json, new DatabaseClock(moved));
    }

    /** A replica as it is at the moved time. */
    private CrmWebhookSender sender() {
        return sender(notifications());
    }

    private CrmWebhookSender sender(CrmNotifications notifications) {
        return new CrmWebhookSender(
                notifications,
                TestCrm.at("http://127.0.0.1:" + crm.actualPort() + "/", TestCrm.SECRET, DOCUMENTED),
                vertx,
                Clock.offset(Clock.systemUTC(), moved));
    }

    /** Until it has looked after its last call too: a look whose clock is a day behind would take a lease for a mistake. */
    private static void sendDue(CrmWebhookSender sender) {
        sender.sendDue().await().atMost(LIMIT);
        eventually(() -> assertThat(sender.isLooking()).isFalse());
    }

    private void add() {
        add(event, ksbId, "run");
    }

    private void add(UUID id, String of, String run) {
        CloudEvent completed = new CloudEvent(id, "sync.completed", "sync-service", Instant.now(), run, of, null);
        notifications().add(completed, "{\"syncId\":\"" + run + "\"}").await().atMost(LIMIT);
    }

    /** Minute by minute. */
    private void moveTo(Duration target) {
        while (moved.compareTo(target) < 0) {
            moved = moved.plusMinutes(1);
            sendDue(sender());
        }
    }

    private CrmNotifications.View listed() {
        return notifications().list(ksbId, Optional.empty()).await().atMost(LIMIT).stream()
                .filter(one -> one.id().equals(event))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void afterAnHourAwayTheCrmHasOneNotificationByTheDocumentedTimes() throws Exception {
        add();
        add();
        sendDue(sender());

        moveTo(Duration.ofMinutes(60));
        status = 204;
        moveTo(Duration.ofHours(4));

        assertThat(requests.stream().map(Request::at))
                .as("0, 5 s, 5 min, 30 min and 2 h after the one before, looked at each minute")
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(6),
                        Duration.ofMinutes(36),
                        Duration.ofMinutes(156));
        assertThat(listed().status()).isEqualTo(CrmNotifications.Status.RECEIVED);
        assertThat(listed().attempts()).isEqualTo(5);
        assertThat(requests.stream().map(Request::body).distinct()).hasSize(1);
        JsonNode body = json.readTree(requests.getFirst().body());
        assertThat(body.path("id").asText()).isEqualTo(event.toString());
        assertThat(body.at("/data/syncId").asText()).isEqualTo("run");
        mustBeSigned(requests.getFirst());
    }

    private static void mustBeSigned(Request request) {
        HttpHeaders headers = HttpHeaders.of(request.headers(), (name, value) -> true);
        assertThatCode(() -> new Webhook(TestCrm.SECRET).verify(request.body(), headers))
                .doesNotThrowAnyException();
    }

    @Test
    void afterTheLastAttemptItStaysListedUntilSomeoneSendsItAgain() {
        add();
        Duration all = DOCUMENTED.stream().reduce(Duration.ZERO, Duration::plus);
        for (Duration pause : DOCUMENTED) {
            sendDue(sender());
            moved = moved.plus(pause).plusSeconds(1);
        }
        sendDue(sender());
        assertThat(requests).hasSize(10);
        assertThat(listed().status()).isEqualTo(CrmNotifications.Status.FAILED);
        assertThat(listed().lastError()).isEqualTo("status 503");
        moved = all.multipliedBy(2);
        sendDue(sender());
        assertThat(requests).hasSize(10);

        status = 200;
        assertThat(notifications().sendAgain(ksbId, event).await().atMost(LIMIT))
                .isPresent();
        sendDue(sender());

        assertThat(requests).hasSize(11);
        assertThat(listed().status()).isEqualTo(CrmNotifications.Status.RECEIVED);
    }

    @Test
    void requestsThatAreNotAnsweredHoldUpNoOtherEnterprise() throws Exception {
        String unheard = "19000002";
        for (int i = 0; i < 20; i++) {
            add(Ids.next(), unheard, SILENCE);
        }
        add();
        status = 204;
        CrmWebhookSender sender = sender();

        Uni<Void> first = sender.sendDue();
        var waiting = first.subscribeAsCompletionStage();
        eventually(() -> {
            sender.sendDue().subscribe().with(done -> {});
            assertThat(listed().status()).isEqualTo(CrmNotifications.Status.RECEIVED);
        });

        assertThat(waiting).as("the first is still waited for").isNotDone();
        execute("delete from crm_notifications where ksb_id = '" + unheard + "'");
    }

    @Test
    void enterprisesThatAreNotAnsweredInAnyNumberHoldUpNoOther() throws Exception {
        for (int i = 0; i < MANY; i++) {
            add(Ids.next(), Integer.toString(FIRST_UNHEARD + i), SILENCE);
        }
        add();
        status = 204;
        CrmWebhookSender sender = sender();

        var silent = sender.sendDue().subscribeAsCompletionStage();
        eventually(() -> assertThat(listed().status()).isEqualTo(CrmNotifications.Status.RECEIVED));

        assertThat(silent).as("the first are still waited for").isNotDone();
        execute("delete from crm_notifications where ksb_id between '%d' and '%d'"
                .formatted(FIRST_UNHEARD, FIRST_UNHEARD + MANY));
    }

    @Test
    void aReplicaThatDiesAroundTheRequestRepeatsItWithTheSameId() {
        add();
        // It dies with the notification in its hands.
        assertThat(take()).isPresent();
        sendDue(sender());
        assertThat(requests).as("nobody else takes it meanwhile").isEmpty();

        moved = moved.plusSeconds(21);
        status = 204;
        CrmNotifications forgetful = new CrmNotifications(pool, json, new DatabaseClock(moved)) {
            @Override
            Uni<Void> received(Due request) {
                // It dies before it can note the answer.
                return Uni.createFrom().voidItem();
            }
        };
        sendDue(sender(forgetful));
        assertThat(requests).hasSize(1);
        assertThat(listed().status()).isEqualTo(CrmNotifications.Status.PENDING);

        moved = moved.plusSeconds(21);
        sendDue(sender());

        assertThat(requests).hasSize(2);
        assertThat(requests.stream().map(one -> one.headers().get("webhook-id")).distinct())
                .containsExactly(List.of(event.toString()));
        assertThat(listed().status()).isEqualTo(CrmNotifications.Status.RECEIVED);
    }

    private Optional<CrmNotifications.Due> take() {
        return notifications()
                .takeDue(Duration.ofSeconds(20), Duration.ofHours(24), true, true, Set.of())
                .await()
                .atMost(LIMIT);
    }

    @Test
    void theTimesStandInTheDocumentation() throws Exception {
        assertThat(configured.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(CrmConfig.class
                        .getMethod("pauses")
                        .getAnnotation(WithDefault.class)
                        .value())
                .isEqualTo("5s,5m,30m,2h,5h,10h,14h,20h,24h");
        assertThat(Files.readString(Path.of("../docs/crm.md")))
                .contains("5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h");
    }
}
