package uz.ksb.pos.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.DeviceTokenVerifier;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.UnreachableKeys;

/**
 * Refuses a body that is too large, with problem details: by its announced length before it is read; without one, when too much
 * has come, before its reader sees the end. A body above a small size is read only when a token has named its sender; one above
 * the usual size, where that is allowed, waits in the {@link LargeBodyQueue}.
 */
@ApplicationScoped
class BodyLimit {
    private static final int PRIORITY = 400;
    /** Runs after the framework has put the caller's identity into the exchange. */
    private static final int AFTER_AUTHENTICATION = 150;

    private static final Set<HttpMethod> WITH_BODY =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final Object COUNTED = new Object();
    private static final Object ANSWERING = new Object();

    private final BodyLimitConfig config;
    private final DeviceTokenVerifier deviceTokens;
    private final Set<String> streamed;
    private final LargeBodyQueue largeBodies;
    private Router router;

    BodyLimit(BodyLimitConfig config, DeviceTokenVerifier deviceTokens) {
        this.config = config;
        this.deviceTokens = deviceTokens;
        this.streamed = config.streamed().orElse(Set.of());
        this.largeBodies = new LargeBodyQueue(config.largerWithin());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
        filters.register(this::admit, AFTER_AUTHENTICATION);
    }

    void register(@Observes Router routes) {
        router = routes;
    }

    static Problem tooLarge(long limit) {
        return Problem.tooLarge("body", "may have at most " + limit + " bytes");
    }

    private long limit(String path) {
        return config.larger().getOrDefault(path, config.usual()).asLongValue();
    }

    private void check(RoutingContext exchange) {
        if (Vertx.currentContext().getLocal(ANSWERING) instanceof LargeBodyQueue.Answering answering) {
            exchange.addEndHandler(ended -> answering.end());
        }
        long limit = limit(exchange.normalizedPath());
        if (announced(exchange.request()) > limit && !streamed.contains(exchange.normalizedPath())) {
            EarlyRefusal.send(exchange.request(), exchange.vertx(), tooLarge(limit));
        } else {
            askForBody(exchange.request());
            exchange.next();
        }
    }

    /** A client that waits for {@code 100 Continue} gets it at once, and only once. */
    private static void askForBody(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.headers().remove(HttpHeaders.EXPECT);
            request.response().writeContinue();
        }
    }

    private void admit(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Context context = Vertx.currentContext();
        boolean small = !isUnannounced(request)
                && announced(request) <= config.anonymous().asLongValue();
        boolean read = context.getLocal(ANSWERING) != null || streamed.contains(exchange.normalizedPath());
        if (small || read || context.getLocal(COUNTED) != null) {
            if (!read && (isUnannounced(request) || announced(request) > 0)) {
                endWhenLate(exchange);
            }
            exchange.next();
            return;
        }
        request.pause();
        sender(exchange)
                .emitOn(task -> context.runOnContext(now -> task.run()))
                .subscribe()
                .with(enterprise -> read(exchange, enterprise), failure -> fail(exchange, failure));
    }

    private static void fail(RoutingContext exchange, Throwable failure) {
        if (failure instanceof Problem problem) {
            EarlyRefusal.send(exchange.request(), exchange.vertx(), problem);
        } else {
            exchange.fail(failure);
        }
    }

    /** A client that stalls keeps its connection and what was read no longer than this. */
    private void endWhenLate(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        long timer = exchange.vertx().setTimer(config.within().toMillis(), late -> {
            if (!request.isEnded() && !request.response().headWritten()) {
                EarlyRefusal.send(
                        request,
                        exchange.vertx(),
                        Problem.tooSlow("The body did not arrive within "
                                + config.within().toSeconds() + " s."));
            }
        });
        exchange.addEndHandler(ended -> exchange.vertx().cancelTimer(timer));
    }

    /** The enterprise of the user or of the till; empty when no token is valid. */
    private Uni<Optional<String>> sender(RoutingContext exchange) {
        Uni<Optional<String>> user = Uni.createFrom()
                .deferred(() -> QuarkusHttpUser.getSecurityIdentity(exchange, null))
                .map(identity -> Caller.of(identity).map(Caller::ksbId))
                .onFailure(failure -> !UnreachableKeys.explain(failure))
                .recoverWithItem(Optional.empty())
                .onFailure(UnreachableKeys::explain)
                .transform(failure -> UnreachableKeys.problem());
        String device = exchange.request().getHeader(DeviceTokenVerifier.HEADER);
        return user.flatMap(found -> found.isPresent() || device == null
                ? Uni.createFrom().item(found)
                : Uni.createFrom()
                        .item(() -> deviceTokens.verified(device).map(till -> till.<String>getClaim(Claims.KSB_ID)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    private void read(RoutingContext exchange, Optional<String> enterprise) {
        HttpServerRequest request = exchange.request();
        if (request.response().headWritten()) {
            return; // The framework has refused the token.
        }
        long limit = limit(exchange.normalizedPath());
        long usual = config.usual().asLongValue();
        if (enterprise.isEmpty()) {
            readAnonymous(exchange);
        } else if (limit > usual && (isUnannounced(request) || announced(request) > usual)) {
            largeBodies.enter(request, enterprise.get(), limit, router, ANSWERING);
        } else if (isUnannounced(request)) {
            count(exchange, limit);
        } else {
            exchange.addEndHandler(ended -> discardRest(request));
            exchange.next();
        }
    }

    /** A resource that takes no body leaves it unread, and with it the next request of the connection. */
    private static void discardRest(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private void readAnonymous(RoutingContext exchange) {
        long limit = config.anonymous().asLongValue();
        if (isUnannounced(exchange.request())) {
            count(exchange, limit);
        } else {
            EarlyRefusal.send(
                    exchange.request(),
                    exchange.vertx(),
                    Problem.unauthorized(
                            "not-authenticated", "A body of more than " + limit + " bytes needs a valid token."));
        }
    }

    /** The request of an exchange cannot be replaced: the one that counts starts anew. */
    private void count(RoutingContext exchange, long limit) {
        Vertx.currentContext().putLocal(COUNTED, true);
        router.handle(new SizeLimitedRequest(exchange.request(), limit, exchange.vertx()));
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** In HTTP/1.1 a body of unannounced length is chunked; in HTTP/2 only its end shows its length. */
    private static boolean isUnannounced(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && (request.version() == HttpVersion.HTTP_2
                        ? WITH_BODY.contains(request.method())
                        : request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }
}
