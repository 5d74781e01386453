package uz.ksb.pos.sync.crm;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.ksbmerp.Places;
import uz.ksb.pos.platform.text.StorableText;

/**
 * Sends what is due, signed by the Standard Webhooks rules, one request of an enterprise at a time. Requests to which the CRM is silent
 * hold up those of no other enterprise: see {@link Places}. Those that have failed before are sent among the slow ones.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
@ApplicationScoped
class CrmWebhookSender {
    private static final Logger LOG = Logger.getLogger(CrmWebhookSender.class);
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

    /** Requests at a time that are answered at once, and others. */
    private static final int QUICK = 32;

    private static final int SLOW = CrmHttp.MAX_CONNECTIONS - QUICK;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(1);

    private final CrmNotifications notifications;
    private final CrmConfig config;
    private final CrmHttp http;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Places places = new Places(QUICK, SLOW, SLOW_AFTER, this::look);

    CrmWebhookSender(CrmNotifications notifications, CrmConfig config, Vertx vertx, Clock clock) {
        this.notifications = notifications;
        this.config = config;
        this.http = new CrmHttp(vertx.getDelegate(), config.timeout());
        this.clock = clock;
    }

    /** @return when what it has found due has its answers; meanwhile other looks find more */
    @Scheduled(every = "1s")
    Uni<Void> sendDue() {
        return Uni.createFrom()
                .deferred(() -> config.url().isPresent() && looking.compareAndSet(false, true)
                        ? sendDue(config.url().get())
                        : Uni.createFrom().voidItem());
    }

    /** Whether it takes what is due at this moment, also after a call has ended. */
    boolean isLooking() {
        return looking.get();
    }

    private void look() {
        sendDue().subscribe().with(done -> {}, failure -> LOG.debug("the CRM is told at the next look", failure));
    }

    /** One is taken after the other, without waiting for their answers. */
    private Uni<Void> sendDue(String url) {
        return Multi.createBy()
                .repeating()
                .uni(this::take)
                .whilst(Optional::isPresent)
                .onTermination()
                .invoke(() -> looking.set(false))
                .onItem()
                .transformToUni(taken -> taken.map(request -> sendInPlace(url, request))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .collectFailures()
                .merge(CrmHttp.MAX_CONNECTIONS)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @return one that is due and has its place; empty when there is none */
    private Uni<Optional<CrmNotifications.Due>> take() {
        boolean quickOnes = places.hasRoom(false);
        boolean slowOnes = places.hasRoom(true);
        if (!quickOnes && !slowOnes) {
            return Uni.createFrom().item(Optional.empty());
        }
        Duration lease = config.timeout().plus(LEASE_MARGIN);
        Duration longest = config.pauses().stream()
                .filter(pause -> pause.compareTo(lease) > 0)
                .max(Comparator.naturalOrder())
                .orElse(lease);
        return notifications
                .takeDue(lease, longest, quickOnes, slowOnes, places.enterprises())
                .chain(due -> due.isEmpty()
                                || places.enter(due.get().ksbId(), due.get().attempts() > 0)
                        ? Uni.createFrom().item(due)
                        : notifications.giveBack(due.get()).replaceWith(Optional.empty()));
    }

    private Uni<Void> sendInPlace(String url, CrmNotifications.Due request) {
        return send(url, request).onTermination().invoke(() -> {
            places.leave(request.ksbId());
            look();
        });
    }

    private Uni<Void> send(String url, CrmNotifications.Due request) {
        return places.call(request.ksbId(), Uni.createFrom().deferred(() -> post(url, request)))
                .map(answer -> answer.status() / 100 == 2 ? "" : "status " + answer.status())
                .onFailure(BackOfficeFailure.class)
                .recoverWithItem("no answer within " + SLOW_AFTER + ", while many others are not answered")
                .onFailure()
                .recoverWithItem(failure -> StorableText.quoted(String.valueOf(failure.getMessage())))
                .chain(error -> error.isEmpty()
                        ? notifications.received(request)
                        : notifications.failed(request, error, pauseAfter(request.attempts())));
    }

    /** Only its status counts: the rest of its answer is not waited for longer than it may take. */
    private Uni<CrmHttp.Answer> post(String url, CrmNotifications.Due request) {
        long timestamp = clock.instant().getEpochSecond();
        RequestOptions post = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url)
                .putHeader("content-type", "application/cloudevents+json")
                .putHeader("webhook-id", request.id().toString())
                .putHeader("webhook-timestamp", Long.toString(timestamp));
        config.secret().ifPresent(secret -> post.putHeader("webhook-signature", signature(secret, request, timestamp)));
        return http.ask(post, Buffer.buffer(request.body()));
    }

    private static String signature(String secret, CrmNotifications.Due request, long timestamp) {
        try {
            return new Webhook(secret).sign(request.id().toString(), timestamp, request.body());
        } catch (WebhookSigningException | EmptyWebhookSecretException e) {
            throw new IllegalStateException("the CRM's secret cannot be used for signing", e);
        }
    }

    private Optional<Duration> pauseAfter(int attempts) {
        List<Duration> pauses = config.pauses();
        return attempts < pauses.size() ? Optional.of(pauses.get(attempts)) : Optional.empty();
    }
}
