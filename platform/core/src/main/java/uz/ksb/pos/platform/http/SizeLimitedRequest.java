package uz.ksb.pos.platform.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** A request whose reader gets at most {@code limit} bytes of body, and no end of a longer one. */
class SizeLimitedRequest extends HttpServerRequestWrapper {
    private final long limit;
    private final Vertx vertx;
    private long received;

    SizeLimitedRequest(HttpServerRequest request, long limit, Vertx vertx) {
        super((HttpServerRequestInternal) request);
        this.limit = limit;
        this.vertx = vertx;
    }

    @Override
    public HttpServerRequest handler(Handler<Buffer> reader) {
        delegate.handler(reader == null ? null : piece -> pass(piece, reader));
        return this;
    }

    private void pass(Buffer piece, Handler<Buffer> reader) {
        received += piece.length();
        if (received > limit) {
            EarlyRefusal.send(delegate, vertx, BodyLimit.tooLarge(limit));
        } else {
            reader.handle(piece);
        }
    }
}
