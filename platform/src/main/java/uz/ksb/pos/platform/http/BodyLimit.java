package uz.ksb.pos.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import uz.ksb.pos.platform.problem.ProblemDetails;

/**
 * Refuses a large body by its announced length, with problem details, before it is read. Bodies without an announced length
 * are bounded by Quarkus itself ({@code quarkus.http.limits.max-body-size}).
 */
@ApplicationScoped
class BodyLimit {
    private static final int PRIORITY = 400;

    private final BodyLimitConfig config;

    BodyLimit(BodyLimitConfig config) {
        this.config = config;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext request) {
        long limit = config.larger()
                .getOrDefault(request.normalizedPath(), config.usual())
                .asLongValue();
        if (announced(request) > limit) {
            request.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .end(new JsonObject()
                            .put("type", "/problems/too-large")
                            .put("title", "Too large")
                            .put("status", 413)
                            .put("detail", "The body may have at most " + limit + " bytes.")
                            .toBuffer());
        } else {
            request.next();
        }
    }

    private static long announced(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
