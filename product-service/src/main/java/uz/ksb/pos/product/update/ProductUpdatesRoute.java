package uz.ksb.pos.product.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.ProblemDetails;

/**
 * {@code POST /api/product-updates}: a JSON array, or NDJSON of any length. A route of Vert.x, because a resource gets its body
 * whole only.
 */
@ApplicationScoped
class ProductUpdatesRoute {
    private static final Logger LOG = Logger.getLogger(ProductUpdatesRoute.class);
    private static final String PATH = "/api/product-updates";
    private static final int LARGEST_ARRAY = 16 * 1024 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ProductUpdating updating;
    private final ObjectMapper json;
    private final Vertx vertx;

    ProductUpdatesRoute(ProductUpdating updating, ObjectMapper json, Vertx vertx) {
        this.updating = updating;
        this.json = json;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.post(PATH).handler(this::handle);
    }

    private void handle(RoutingContext exchange) {
        exchange.request().pause();
        Context eventLoop = vertx.getOrCreateContext();
        identity(exchange)
                .map(ProductUpdatesRoute::backOffice)
                .emitOn(task -> eventLoop.runOnContext(ignored -> task.run()))
                .subscribe()
                .with(caller -> receive(exchange, caller), failure -> refuse(exchange, failure));
    }

    private static Uni<SecurityIdentity> identity(RoutingContext exchange) {
        Uni<SecurityIdentity> identity = QuarkusHttpUser.getSecurityIdentity(exchange, null);
        return identity == null ? Uni.createFrom().failure(notAuthenticated()) : identity;
    }

    /** What {@code @RolesAllowed} does for resources. */
    private static Caller backOffice(SecurityIdentity identity) {
        Caller caller = Caller.of(identity).orElseThrow(ProductUpdatesRoute::notAuthenticated);
        if (!identity.hasRole(Role.IS_BACK_OFFICE)) {
            throw Problem.forbidden("forbidden", "Your role does not allow this.");
        }
        return caller;
    }

    private void receive(RoutingContext exchange, Caller caller) {
        HttpServerRequest request = exchange.request();
        UpdateIntake intake = new UpdateIntake(
                (chunk, bulk) -> updating.apply(caller.ksbId(), chunk, bulk),
                request::resume,
                result -> answer(exchange, result),
                failure -> refuse(exchange, failure));
        switch (mediaType(request)) {
            case "application/x-ndjson" -> receiveLines(request, intake);
            case "application/json" -> receiveArray(exchange, intake);
            default -> refuse(exchange, Problem.invalid("Content-Type", "is neither JSON nor NDJSON"));
        }
    }

    private void receiveLines(HttpServerRequest request, UpdateIntake intake) {
        Lines lines = new Lines(new Lines.Sink() {
            @Override
            public void line(long number, String text) {
                intake.offer(UpdateRow.of(number, text, json));
            }

            @Override
            public void unreadable(long number, String start, String reason) {
                intake.offer(new UpdateRow.Unreadable(number, null, reason, start));
            }
        });
        request.exceptionHandler(broken -> intake.abandon());
        request.handler(piece -> {
            lines.feed(piece);
            if (intake.isBehind()) {
                request.pause();
            }
        });
        request.endHandler(end -> {
            lines.end();
            intake.end();
        });
        request.resume();
    }

    private void receiveArray(RoutingContext exchange, UpdateIntake intake) {
        HttpServerRequest request = exchange.request();
        Buffer body = Buffer.buffer();
        // What is too large is read to its end, so that the sender hears why instead of a broken connection.
        long[] received = {0};
        request.handler(piece -> {
            received[0] += piece.length();
            if (received[0] <= LARGEST_ARRAY) {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> {
            if (received[0] <= LARGEST_ARRAY) {
                takeArray(exchange, intake, body);
            } else {
                refuse(exchange, Problem.tooLarge("An array may have at most 16 MB; NDJSON may have any length."));
            }
        });
        request.resume();
    }

    private void takeArray(RoutingContext exchange, UpdateIntake intake, Buffer body) {
        JsonNode rows;
        try {
            rows = json.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            refuse(exchange, Problem.invalid("body", "is not valid JSON"));
            return;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (!rows.isArray()) {
            refuse(exchange, Problem.invalid("body", "is not a JSON array"));
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            intake.offer(UpdateRow.of(i + 1L, rows.get(i), rows.get(i).toString()));
        }
        intake.end();
    }

    private void answer(RoutingContext exchange, UpdateResult result) {
        send(exchange, 200, "application/json", result);
    }

    private void refuse(RoutingContext exchange, Throwable failure) {
        Problem problem = problem(failure);
        if (exchange.response().ended() || exchange.response().closed()) {
            return;
        }
        if (problem.status() == 401) {
            exchange.response().putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.retryAfter() != null) {
            exchange.response()
                    .putHeader("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
        // The rest of the body is not read.
        exchange.response().putHeader(HttpHeaders.CONNECTION, "close");
        send(exchange, problem.status(), ProblemDetails.MEDIA_TYPE, problem.details());
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof AuthenticationFailedException) {
            return notAuthenticated();
        }
        LOG.error("A product update stopped; what was applied stays, the sender may send it all again", failure);
        return Problem.unavailable(
                "The update stopped on the way. Send it again: nothing is applied twice.", RETRY_AFTER);
    }

    private void send(RoutingContext exchange, int status, String mediaType, Object body) {
        try {
            exchange.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                    .end(Buffer.buffer(json.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Problem notAuthenticated() {
        return Problem.unauthorized("not-authenticated", "A valid token is needed.");
    }
}
