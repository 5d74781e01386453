package uz.ksb.pos.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Refuses a request that no resource can read: an address with the character 0, which PostgreSQL does not store, and
 * a body that is encoded. Routes that read a body in pieces look at its encoding themselves.
 */
@ApplicationScoped
class RequestForm {
    private static final int PRIORITY = 450;

    private final Set<String> streamed;

    RequestForm(BodyLimitConfig config) {
        this.streamed = config.streamed().orElse(Set.of());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext exchange) {
        Problem problem = problem(exchange.request());
        if (problem == null) {
            exchange.next();
        } else {
            EarlyRefusal.send(exchange.request(), exchange.vertx(), problem);
        }
    }

    private Problem problem(HttpServerRequest request) {
        String address = request.uri();
        if (address.contains("%00")) {
            return Problem.invalid("address", "must not hold the character 0");
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity") && !streamed.contains(request.path())) {
            return Problem.unsupported("Content-Encoding", "must be identity");
        }
        return null;
    }
}
