package uz.ksb.pos.platform.ksbmerp;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;
import uz.ksb.pos.platform.spool.SpoolFile;
import uz.ksb.pos.platform.spool.SpoolRoom;

/** Exchanges requests and answers with KSB-MERP's addresses. */
@ApplicationScoped
class KsbMerpHttp {
    private static final int MAX_REASON = 150;
    private static final int MAX_CONNECT_MILLIS = 10_000;

    /** To one address, which several enterprises may share: slow answers must not hold up the calls of others. */
    private static final int MAX_CONNECTIONS = 256;

    private final Vertx vertx;
    private final HttpClient http;

    KsbMerpHttp(Vertx vertx) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setDecompressionSupported(true)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setConnectTimeout(MAX_CONNECT_MILLIS));
    }

    /** An answer in memory. */
    record Reply(int status, Buffer body) {}

    /** @param body null: a GET */
    Uni<Reply> reply(Call call, Address address, Buffer body, int maxBytes) {
        return exchange(call, address, body, answer -> whole(answer, maxBytes)
                .map(bytes -> new Reply(answer.statusCode(), bytes)));
    }

    /** A long answer with status 2xx on the disk; the caller closes it. */
    Uni<SpoolFile> file(Call call, Address address, long maxBytes, SpoolRoom disk) {
        return exchange(call, address, null, answer -> {
            if (answer.statusCode() / 100 != 2) {
                return Future.failedFuture(call.unexpected(answer.statusCode()));
            }
            answer.pause();
            return SpoolFile.of(vertx, answer, maxBytes, disk);
        });
    }

    /** Goes on in the context that asks: the database session of a transaction that follows belongs to it. */
    private <T> Uni<T> exchange(
            Call call, Address address, Buffer body, Function<HttpClientResponse, Future<T>> reading) {
        return Uni.createFrom().deferred(() -> {
            Context asking = vertx.getOrCreateContext();
            Promise<Void> abandoned = Promise.promise();
            return Abandonable.uni(
                            () -> http.request(options(call, address, body)).compose(request -> {
                                abandoned.future().onSuccess(given -> request.reset());
                                return exchange(call, request, body, reading);
                            }),
                            abandoned::tryComplete)
                    .onFailure()
                    .transform(KsbMerpHttp::explained)
                    .emitOn(next -> asking.runOnContext(ignored -> next.run()));
        });
    }

    private static RequestOptions options(Call call, Address address, Buffer body) {
        byte[] login = (address.user() + ":" + address.password()).getBytes(StandardCharsets.UTF_8);
        return new RequestOptions()
                .setAbsoluteURI(call.address(address.url()))
                .setMethod(body == null ? HttpMethod.GET : HttpMethod.POST)
                .setFollowRedirects(false)
                .setConnectTimeout(Math.min(call.timeout().toMillis(), MAX_CONNECT_MILLIS))
                .putHeader("authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .putHeader("content-type", "application/json; charset=utf-8");
    }

    private <T> Future<T> exchange(
            Call call, HttpClientRequest request, Buffer body, Function<HttpClientResponse, Future<T>> reading) {
        long deadline = vertx.setTimer(
                call.timeout().toMillis(),
                late -> request.reset(0, new TimeoutException("no whole answer within " + call.timeout())));
        return (body == null ? request.send() : request.send(body))
                .compose(answer -> {
                    // For an answer that is given up: its rest may fail, and nobody reads it.
                    answer.exceptionHandler(givenUp -> {});
                    return reading.apply(answer);
                })
                .onFailure(failure -> request.reset())
                .onComplete(done -> vertx.cancelTimer(deadline));
    }

    private static Future<Buffer> whole(HttpClientResponse answer, int maxBytes) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(whole::tryFail);
        answer.handler(piece -> {
            if (body.length() + piece.length() > maxBytes) {
                whole.tryFail(new BackOfficeFailure(
                        Reason.TOO_LARGE, "the back office's answer is longer than " + maxBytes + " bytes"));
            } else {
                body.appendBuffer(piece);
            }
        });
        answer.endHandler(end -> whole.tryComplete(body));
        return whole.future();
    }

    private static Throwable explained(Throwable failure) {
        if (failure instanceof BackOfficeFailure) {
            return failure;
        }
        if (failure instanceof SpoolFile.TooLong) {
            return new BackOfficeFailure(
                    Reason.TOO_LARGE, "the back office's answer is too long: " + failure.getMessage());
        }
        if (failure instanceof SpoolFile.NoRoom noRoom) {
            return BackOfficeFailure.of(noRoom);
        }
        boolean late = failure.getCause() instanceof TimeoutException;
        String reason = String.valueOf((late ? failure.getCause() : failure).getMessage());
        return new BackOfficeFailure(
                late ? Reason.SILENT : Reason.UNREACHABLE,
                "the back office cannot be reached: " + reason.substring(0, Math.min(MAX_REASON, reason.length())),
                failure);
    }
}
