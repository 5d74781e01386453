package uz.ksb.pos.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
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
 * came is too much, before its reader sees the end. Bodies that are larger than usual, where they may be, come in one at a time.
 */
@ApplicationScoped
class BodyLimit {
    private static final int PRIORITY = 400;
    private static final Object COUNTED = new Object();

    private final BodyLimitConfig config;
    private final Set<String> streamed;
    private final LargerBodies largerBodies;
    private Router router;

    BodyLimit(BodyLimitConfig config) {
        this.config = config;
        this.streamed = config.streamed().orElse(Set.of());
        this.largerBodies = new LargerBodies(config.largerWithin());
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
        long usual = config.usual().asLongValue();
        long limit = config.larger().getOrDefault(path, config.usual()).asLongValue();
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean unannounced = length == null && mayHaveBody(exchange.request());
        long announced = length == null ? 0 : Long.parseLong(length);
        if (announced > limit) {
            new TooLarge(exchange.request(), exchange.vertx()).refuse(limit);
        } else if (unannounced && isNew()) {
            count(exchange, limit);
        } else if (limit > usual && (unannounced || announced > usual)) {
            largerBodies.enter(exchange);
        } else {
            exchange.next();
        }
    }

    /** In HTTP/1.1 a body of unannounced length is a chunked one; in HTTP/2 only its end tells. */
    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static boolean isNew() {
        return Vertx.currentContext().getLocal(COUNTED) == null;
    }

    /** The request of an exchange cannot be replaced: the one that counts starts anew. */
    private void count(RoutingContext exchange, long limit) {
        Vertx.currentContext().putLocal(COUNTED, true);
        router.handle(new CountedRequest(exchange.request(), limit, exchange.vertx()));
    }
}
