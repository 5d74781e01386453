package uz.ksb.pos.gateway.socketio.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;

/** A request that waits for its answer. Any thread; the answer is written on the event loop of the request. */
public final class Exchange {
    private static final int OK = 200;
    private static final String TEXT = "text/plain; charset=UTF-8";
    private static final String JSON = "application/json";
    private static final byte[] OK_BODY = "ok".getBytes(StandardCharsets.US_ASCII);

    private final HttpServerResponse response;
    private final ContextInternal context;
    /** On the request's event loop, as the next one. */
    private Runnable whenGone = () -> {};

    private boolean gone;

    /** @param context of the request's connection, whose event loop this is */
    public Exchange(HttpServerResponse response, ContextInternal context) {
        this.response = response;
        this.context = context;
        response.closeHandler(closed -> gone());
    }

    private void gone() {
        gone = true;
        whenGone.run();
    }

    /** @param action called on the request's event loop if its connection breaks, or has broken, before it was answered */
    public void onGone(Runnable action) {
        context.emit(now -> {
            whenGone = action;
            if (gone) {
                action.run();
            }
        });
    }

    public void packets(byte[] payload) {
        answer(OK, TEXT, payload);
    }

    public void ok() {
        answer(OK, "text/html", OK_BODY);
    }

    public void refuse(Refusal refusal) {
        answer(refusal.status(), JSON, refusal.body());
    }

    private void answer(int status, String type, byte[] body) {
        context.emit(now -> write(status, type, body));
    }

    private void write(int status, String type, byte[] body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Access-Control-Allow-Origin", "*");
        if (status == Refusal.NOT_NOW.status()) {
            response.putHeader("Retry-After", "1");
        }
        response.end(Buffer.buffer(body)).onFailure(gone -> {});
    }
}
