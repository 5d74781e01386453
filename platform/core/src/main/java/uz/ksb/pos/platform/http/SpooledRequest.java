package uz.ksb.pos.platform.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** A request whose body has arrived as a whole and is read from a file. */
final class SpooledRequest extends HttpServerRequestWrapper {
    private final AsyncFile body;
    private boolean ended;

    /** @param body at its beginning, paused */
    SpooledRequest(HttpServerRequest request, AsyncFile body) {
        super((HttpServerRequestInternal) request);
        this.body = body;
    }

    @Override
    @CanIgnoreReturnValue
    public HttpServerRequest handler(Handler<Buffer> reader) {
        body.handler(reader);
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public HttpServerRequest endHandler(Handler<Void> reader) {
        body.endHandler(end -> {
            ended = true;
            if (reader != null) {
                reader.handle(end);
            }
        });
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public HttpServerRequest exceptionHandler(Handler<Throwable> reader) {
        body.exceptionHandler(reader);
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public HttpServerRequest pause() {
        body.pause();
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public HttpServerRequest resume() {
        body.resume();
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public HttpServerRequest fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }
}
