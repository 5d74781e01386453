package uz.ksb.pos.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Refuses a body that is too large, with problem details: by its announced length before it is read; without one, when what
 * came is too much, before its reader sees the end.
 */
@ApplicationScoped
class BodyLimit {
    private static final int PRIORITY = 400;
    private static final Object COUNTED = new Object();

    private final BodyLimitConfig config;
    private final Set<String> streamed;
    private Router router;

    BodyLimit(BodyLimitConfig config) {
        this.config = config;
        this.streamed = config.streamed().orElse(Set.of());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    void register(@Observes Router routes) {
        router = routes;
    }

    private void check(RoutingContext exchange) {
        String path = exchange.normalizedPath();
        if (streamed.contains(path)) {
            exchange.next();
            return;
        }
        long limit = config.larger().getOrDefault(path, config.usual()).asLongValue();
        String announced = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && Long.parseLong(announced) > limit) {
            new TooLarge(exchange.request(), exchange.vertx()).refuse(limit);
        } else if (announced == null && mayHaveBody(exchange.request())) {
            count(exchange, limit);
        } else {
            exchange.next();
        }
    }

    /** In HTTP/1.1 a body of unannounced length is a chunked one; in HTTP/2 only its end tells. */
    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** The request of an exchange cannot be replaced: the one that counts starts anew. */
    private void count(RoutingContext exchange, long limit) {
        Context request = Vertx.currentContext();
        if (request.getLocal(COUNTED) != null) {
            exchange.next();
        } else {
            request.putLocal(COUNTED, true);
            router.handle(new CountedRequest(exchange.request(), limit, exchange.vertx()));
        }
    }
}
