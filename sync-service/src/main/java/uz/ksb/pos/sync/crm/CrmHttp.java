package uz.ksb.pos.sync.crm;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Requests to the CRM: each ends within its time, however slowly or long the CRM answers, and no redirect is followed. */
final class CrmHttp {
    /** At a time: slow answers about one enterprise must not hold up the requests about others. */
    static final int MAX_CONNECTIONS = 256;

    private static final int MAX_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final Duration timeout;

    /** @param timeout from the beginning to the last byte of the answer */
    CrmHttp(Vertx vertx, Duration timeout) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MAX_CONNECTIONS));
        this.timeout = timeout;
    }

    /**
     * An answer.
     *
     * @param whole its body; fails when it did not come to its end, or is too long
     */
    record Answer(int status, Future<Buffer> whole) {}

    /** @return the answer, when it has ended or been given up; fails when not even its status came */
    Uni<Answer> ask(RequestOptions options, Buffer body) {
        long begun = System.nanoTime();
        options.setFollowRedirects(false).setConnectTimeout(timeout.toMillis());
        return Uni.createFrom().completionStage(() -> http.request(options)
                .compose(request -> answer(request, body, timeout.minusNanos(System.nanoTime() - begun)))
                .toCompletionStage());
    }

    private Future<Answer> answer(HttpClientRequest request, Buffer body, Duration left) {
        TimeoutException late = new TimeoutException("no answer within " + timeout);
        long deadline = vertx.setTimer(Math.max(1, left.toMillis()), passed -> request.reset(0, late));
        return request.send(body)
                .compose(head -> {
                    Future<Buffer> whole = whole(head);
                    return whole.onFailure(givenUp -> request.reset())
                            .transform(ended -> Future.succeededFuture(new Answer(head.statusCode(), whole)));
                })
                .onComplete(done -> vertx.cancelTimer(deadline))
                .recover(failure ->
                        Future.failedFuture(failure.getCause() instanceof TimeoutException ? late : failure));
    }

    private static Future<Buffer> whole(HttpClientResponse answer) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(whole::tryFail);
        answer.handler(piece -> {
            if (body.length() + piece.length() > MAX_BYTES) {
                whole.tryFail(new IllegalStateException("the answer is longer than " + MAX_BYTES + " bytes"));
            } else {
                body.appendBuffer(piece);
            }
        });
        answer.endHandler(end -> whole.tryComplete(body));
        return whole.future();
    }
}
