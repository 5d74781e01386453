package uz.ksb.pos.platform.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import uz.ksb.pos.platform.problem.ProblemDetails;

/**
 * The answer to a body that is too large, and the end of its connection. The answer goes out at once; what the client still
 * sends is thrown away for a while, because closing on unread bytes resets the connection, and the client would lose the
 * answer.
 */
class TooLarge {
    private static final long LONGEST_REST = 64L * 1024 * 1024;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final long timer;
    private long rest = LONGEST_REST;

    TooLarge(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
        this.timer = vertx.setTimer(LONGEST_WAIT_MILLIS, late -> close());
    }

    void refuse(long limit) {
        answer(limit);
        discardRest();
    }

    private void answer(long limit) {
        JsonObject violation =
                new JsonObject().put("field", "body").put("message", "may have at most " + limit + " bytes");
        Buffer problem = new JsonObject()
                .put("type", "/problems/too-large")
                .put("title", "Too large")
                .put("status", 413)
                .put("detail", "The body may have at most " + limit + " bytes.")
                .put("violations", new JsonArray().add(violation))
                .toBuffer();
        HttpServerResponse response = request.response()
                .setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                // Compressed, it would be complete for the client only with the end of the exchange.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(problem.length()));
        if (request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.write(problem);
    }

    private void discardRest() {
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
