package uz.ksb.pos.sync.crm;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads an enterprise's licence from the CRM: {@code GET {address}/{ksbId}} answers {@code {status, licenceUntil}}. */
@ApplicationScoped
public class Licences {
    private static final Logger LOG = Logger.getLogger(Licences.class);
    private static final int MAX_BYTES = 64 * 1024;

    private final CrmConfig config;
    private final HttpClient http;

    Licences(CrmConfig config, Vertx vertx) {
        this.config = config;
        this.http = vertx.createHttpClient();
    }

    /**
     * A licence as the CRM tells it.
     *
     * @param until its last day; empty: the CRM does not say, and what was known before stays
     */
    public record Licence(Optional<LocalDate> until) {}

    /** Never fails, because a licence that cannot be read must not stop a sync. Empty: no CRM is configured for it. */
    public Uni<Optional<Licence>> read(String ksbId) {
        return config.licenceUrl().isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : ask(config.licenceUrl().get().replaceAll("/+$", "") + "/" + ksbId)
                        .onFailure()
                        .invoke(failure -> LOG.warnf("The licence of %s cannot be read: %s", ksbId, failure))
                        .onFailure()
                        .recoverWithItem(Optional.empty())
                        .map(until -> Optional.of(new Licence(until)));
    }

    private Uni<Optional<LocalDate>> ask(String address) {
        return Uni.createFrom()
                .completionStage(() -> http.request(options(address))
                        .compose(request -> request.send().compose(answer -> body(request, answer)))
                        .toCompletionStage())
                .map(Licences::until);
    }

    private RequestOptions options(String address) {
        return new RequestOptions()
                .setAbsoluteURI(address)
                .setFollowRedirects(false)
                .setTimeout(config.timeout().toMillis())
                .setIdleTimeout(config.timeout().toMillis());
    }

    private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse answer) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(whole::tryFail);
        answer.handler(piece -> {
            if (body.appendBuffer(piece).length() > MAX_BYTES) {
                whole.tryFail(new IllegalStateException("the answer is longer than " + MAX_BYTES + " bytes"));
                request.reset();
            }
        });
        answer.endHandler(end -> whole.tryComplete(body));
        return answer.statusCode() == 200
                ? whole.future()
                : Future.failedFuture(new IllegalStateException("status " + answer.statusCode()));
    }

    private static Optional<LocalDate> until(Buffer body) {
        return Optional.ofNullable(body.toJsonObject().getString("licenceUntil"))
                .map(LocalDate::parse);
    }
}
