package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import uz.ksb.pos.platform.spool.SpoolFile;

/** Asks KSB-MERP over HTTP. Redirects are not followed: the login belongs to the configured address alone. */
@ApplicationScoped
class KsbMerpHttp {
    private static final int MAX_REASON = 150;

    /** To one address, which several enterprises may share: a slow answer must not hold up the others' runs. */
    private static final int MAX_CONNECTIONS = 64;

    private final BackOfficeConfig config;
    private final Vertx vertx;
    private final HttpClient http;

    KsbMerpHttp(BackOfficeConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setDecompressionSupported(true).setMaxPoolSize(MAX_CONNECTIONS));
    }

    private record Address(String url, String user, String password) {}

    boolean isConfigured(String ksbId) {
        return address(ksbId).isPresent();
    }

    /**
     * @param body null: a GET
     * @return the answer with status 2xx; the caller closes it
     * @throws BackOfficeFailure otherwise, also when the whole takes longer than the configured time
     */
    Uni<SpoolFile> ask(String ksbId, String deviceId, String method, ObjectNode body, long maxBytes) {
        Address address =
                address(ksbId).orElseThrow(() -> new BackOfficeFailure("no back office is configured for " + ksbId));
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(address.url() + "/hs/ksbmerp_pos/" + method + "/ksb?text=pos&ksb_id=" + encoded(ksbId)
                        + "&device_id=" + encoded(deviceId))
                .setMethod(body == null ? HttpMethod.GET : HttpMethod.POST)
                .setFollowRedirects(false)
                .putHeader("authorization", basic(address))
                .putHeader("content-type", "application/json");
        return Uni.createFrom().completionStage(() -> http.request(options)
                .compose(request -> exchange(request, method, body, maxBytes))
                .recover(failure -> Future.failedFuture(explained(failure)))
                .toCompletionStage());
    }

    private Future<SpoolFile> exchange(HttpClientRequest request, String method, ObjectNode body, long maxBytes) {
        long deadline = vertx.setTimer(config.readTimeout().toMillis(), late -> request.reset());
        return (body == null ? request.send() : request.send(Buffer.buffer(body.toString())))
                .compose(answer -> spooled(method, answer, maxBytes))
                .onFailure(failure -> request.reset())
                .onComplete(done -> vertx.cancelTimer(deadline));
    }

    private Future<SpoolFile> spooled(String method, HttpClientResponse answer, long maxBytes) {
        // The rest of an answer that is given up; a file that takes the answer hears of its failures itself.
        answer.exceptionHandler(givenUp -> {});
        if (answer.statusCode() / 100 != 2) {
            return Future.failedFuture(new BackOfficeFailure(
                    "the back office answered " + method + " with status " + answer.statusCode()));
        }
        answer.pause();
        return SpoolFile.of(vertx, answer, maxBytes);
    }

    private Optional<Address> address(String ksbId) {
        BackOfficeConfig.Enterprise own = config.enterprise().get(ksbId);
        if (own != null) {
            return Optional.of(new Address(own.url(), own.user(), own.password()));
        }
        return config.url()
                .map(url -> new Address(
                        url, config.user().orElse(""), config.password().orElse("")));
    }

    private static Throwable explained(Throwable failure) {
        if (failure instanceof BackOfficeFailure) {
            return failure;
        }
        if (failure instanceof SpoolFile.TooLong) {
            return new BackOfficeFailure("the back office's answer is too long: " + failure.getMessage());
        }
        String reason = String.valueOf(failure.getMessage());
        return new BackOfficeFailure(
                "the back office cannot be reached: " + reason.substring(0, Math.min(MAX_REASON, reason.length())),
                failure);
    }

    private static String basic(Address address) {
        byte[] login = (address.user() + ":" + address.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(login);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
