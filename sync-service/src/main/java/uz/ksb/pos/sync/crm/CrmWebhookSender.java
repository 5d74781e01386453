package uz.ksb.pos.sync.crm;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.quarkus.scheduler.Scheduled;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import uz.ksb.pos.platform.text.StorableText;

/**
 * Sends what is due, signed by the Standard Webhooks rules: {@value #LANES} requests at a time, but one of an enterprise, so that those
 * to which the CRM is silent hold up no other.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
@ApplicationScoped
class CrmWebhookSender {
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

    private static final int LANES = 32;

    private final CrmNotifications notifications;
    private final CrmConfig config;
    private final CrmHttp http;
    private final Clock clock;
    private final Set<String> sending = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lanes = new AtomicInteger();

    CrmWebhookSender(CrmNotifications notifications, CrmConfig config, Vertx vertx, Clock clock) {
        this.notifications = notifications;
        this.config = config;
        this.http = new CrmHttp(vertx.getDelegate(), config.timeout());
        this.clock = clock;
    }

    /** Begins another lane, beside those that still wait for an answer. */
    @Scheduled(every = "1s")
    Uni<Void> sendDue() {
        return config.url().isEmpty()
                ? Uni.createFrom().voidItem()
                : inLane(() -> sendNext(config.url().get()));
    }

    private Uni<Void> sendNext(String url) {
        Duration lease = config.timeout().plus(LEASE_MARGIN);
        Duration longest = config.pauses().stream()
                .filter(pause -> pause.compareTo(lease) > 0)
                .max(Comparator.naturalOrder())
                .orElse(lease);
        return notifications
                .takeDue(lease, longest, Set.copyOf(sending))
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : sendOneOf(url, due.get()).chain(() -> sendNext(url)));
    }

    private Uni<Void> inLane(Supplier<Uni<? extends Void>> work) {
        if (lanes.incrementAndGet() > LANES) {
            lanes.decrementAndGet();
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().voidItem().chain(work).onTermination().invoke(lanes::decrementAndGet);
    }

    /** Two lanes that look at the same moment may take two of an enterprise: only the first is sent now. */
    private Uni<Void> sendOneOf(String url, CrmNotifications.Due request) {
        return sending.add(request.ksbId())
                ? send(url, request).onTermination().invoke(() -> sending.remove(request.ksbId()))
                : notifications.giveBack(request);
    }

    private Uni<Void> send(String url, CrmNotifications.Due request) {
        return post(url, request)
                .map(answer -> answer.status() / 100 == 2 ? "" : "status " + answer.status())
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
