package uz.ksb.pos.platform.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.ProblemDetails;

/**
 * The answer to a request whose body is not read, and the end of its connection. The answer goes out at once; what the client
 * still sends is thrown away for a while, because closing on unread bytes resets the connection, and the client would lose the
 * answer.
 */
final class EarlyRefusal {
    private static final long MAX_DISCARDED_BYTES = 64L * 1024 * 1024;
    private static final long MAX_WAIT_MILLIS = 5_000;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final long timer;
    private long rest = MAX_DISCARDED_BYTES;

    private EarlyRefusal(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
        this.timer = vertx.setTimer(MAX_WAIT_MILLIS, late -> close());
    }

    /** Answers with {@code problem} and reads no further; what was refused already stays so. */
    static void send(HttpServerRequest request, Vertx vertx, Problem problem) {
        if (request.response().headWritten()) {
            return;
        }
        EarlyRefusal refusal = new EarlyRefusal(request, vertx);
        refusal.answer(problem);
        refusal.discardRest();
    }

    private void answer(Problem problem) {
        ProblemDetails details = problem.details();
        JsonArray violations = new JsonArray();
        details.violations()
                .forEach(one -> violations.add(
                        new JsonObject().put("field", one.field()).put("message", one.message())));
        Buffer body = new JsonObject()
                .put("type", details.type())
                .put("title", details.title())
                .put("status", details.status())
                .put("detail", details.detail())
                .put("violations", violations)
                .toBuffer();
        HttpServerResponse response = request.response()
                .setStatusCode(details.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                // A compressed answer would be complete for the client only with the end of the exchange.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (details.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.retryAfter() != null) {
            response.putHeader(
                    "Retry-After",
                    Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
        if (request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.write(body);
    }

    private void discardRest() {
        if (request.isEnded()) {
            close();
            return;
        }
        request.exceptionHandler(broken -> vertx.cancelTimer(timer));
        request.handler(piece -> {
            rest -= piece.length();
            if (rest < 0) {
                close();
            }
        });
        request.endHandler(end -> close());
        request.resume();
    }

    private void close() {
        vertx.cancelTimer(timer);
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.end();
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        } else if (!request.isEnded()) {
            response.reset();
        }
    }
}
