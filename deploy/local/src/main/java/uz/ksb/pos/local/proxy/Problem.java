package uz.ksb.pos.local.proxy;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyResponse;

/** An answer of the proxy itself, in the form of RFC 9457. */
record Problem(int status, String type, String title, String detail) {

    static final String RETRY_AFTER_SECONDS = "2";

    private static final String MEDIA_TYPE = "application/problem+json";

    static Problem notFound() {
        return new Problem(404, "/problems/not-found", "Not found", "There is nothing at this path.");
    }

    static Problem away(String service) {
        return new Problem(
                503, "/problems/service-away", "Service away", service + " does not answer now; please try again.");
    }

    void answer(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE);
        if (status == 503) {
            response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        response.end(json().toBuffer());
    }

    ProxyResponse answer(ProxyContext context) {
        // Releasing a request that was read to its end fails, and the client would wait for ever.
        if (!context.request().proxiedRequest().isEnded()) {
            context.request().release();
        }
        return context.request()
                .response()
                .setStatusCode(status)
                .putHeader("Retry-After", RETRY_AFTER_SECONDS)
                .putHeader("Content-Type", MEDIA_TYPE)
                .setBody(Body.body(json().toBuffer()));
    }

    private JsonObject json() {
        return new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }
}
