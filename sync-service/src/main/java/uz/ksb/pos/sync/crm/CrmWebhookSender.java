package uz.ksb.pos.sync.crm;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.ext.web.codec.BodyCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sends what is due, one after the other, signed by the Standard Webhooks rules.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
@ApplicationScoped
class CrmWebhookSender {
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

    private final CrmNotifications notifications;
    private final CrmConfig config;
    private final WebClient http;
    private final Clock clock;

    CrmWebhookSender(CrmNotifications notifications, CrmConfig config, Vertx vertx, Clock clock) {
        this.notifications = notifications;
        this.config = config;
        this.http = WebClient.create(vertx);
        this.clock = clock;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sendDue() {
        return config.url().isEmpty()
                ? Uni.createFrom().voidItem()
                : sendNext(config.url().get());
    }

    private Uni<Void> sendNext(String url) {
        Duration lease = config.timeout().plus(LEASE_MARGIN);
        Duration longest = config.pauses().stream()
                .filter(pause -> pause.compareTo(lease) > 0)
                .max(Comparator.naturalOrder())
                .orElse(lease);
        return notifications
                .takeDue(lease, longest)
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : send(url, due.get()).chain(() -> sendNext(url)));
    }

    private Uni<Void> send(String url, CrmNotifications.Due request) {
        return post(url, request)
                .map(answer -> answer.statusCode() / 100 == 2 ? "" : "status " + answer.statusCode())
                .onFailure()
                .recoverWithItem(failure -> String.valueOf(failure.getMessage()))
                .chain(error -> error.isEmpty()
                        ? notifications.received(request)
                        : notifications.failed(request, error, pauseAfter(request.attempts())));
    }

    private Uni<HttpResponse<Void>> post(String url, CrmNotifications.Due request) {
        // Its answer is not read beside the status, and no other address gets the signature.
        HttpRequest<Void> post = http.postAbs(url)
                .as(BodyCodec.none())
                .followRedirects(false)
                .timeout(config.timeout().toMillis())
                .putHeader("content-type", "application/cloudevents+json")
                .putHeader("webhook-id", request.id().toString())
                .putHeader("webhook-timestamp", Long.toString(clock.instant().getEpochSecond()));
        config.secret()
                .ifPresent(secret -> post.putHeader(
                        "webhook-signature",
                        signature(secret, request, clock.instant().getEpochSecond())));
        return post.sendBuffer(Buffer.buffer(request.body()));
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
