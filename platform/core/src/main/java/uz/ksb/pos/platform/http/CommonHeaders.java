package uz.ksb.pos.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The headers of every answer. Tills in desktop shells come from any origin, without cookies, so every origin is allowed.
 * Answers may be compressed, so caches tell them apart. Answers of the API are kept by no cache unless their resource says so:
 * they hold tokens and what one caller may see.
 */
@ApplicationScoped
class CommonHeaders {
    private static final int PRIORITY = 500;
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String TAKEN_HEADERS =
            "Authorization, Content-Type, X-Device-Token, X-Client-Time, If-Match, Idempotency-Key";
    private static final String SHOWN_HEADERS = "ETag, X-Changed, Retry-After, Location";
    private static final String DAY_IN_SECONDS = "86400";

    void register(@Observes Filters filters) {
        filters.register(CommonHeaders::add, PRIORITY);
    }

    private static void add(RoutingContext exchange) {
        MultiMap headers = exchange.response().headers();
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        HttpServerRequest request = exchange.request();
        if (request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, TAKEN_HEADERS);
            headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY_IN_SECONDS);
            exchange.response().setStatusCode(204).end();
            return;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN_HEADERS);
        if (request.path() != null && request.path().startsWith("/api/")) {
            exchange.addHeadersEndHandler(sent -> {
                if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                }
            });
        }
        exchange.next();
    }
}
