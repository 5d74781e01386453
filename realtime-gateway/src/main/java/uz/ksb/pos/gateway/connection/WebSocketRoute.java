package uz.ksb.pos.gateway.connection;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import uz.ksb.pos.gateway.log.LogReader;
import uz.ksb.pos.gateway.websocket.Socket;
import uz.ksb.pos.platform.http.ClientAddress;

/** {@code GET /ws}: becomes a WebSocket, unless this node is not ready or is leaving. */
@ApplicationScoped
class WebSocketRoute {
    private static final int FORBIDDEN = 403;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int UNAVAILABLE = 503;

    private final Connections connections;
    private final LogReader log;
    private final Drain leaving;

    WebSocketRoute(Connections connections, LogReader log, Drain leaving) {
        this.connections = connections;
        this.log = log;
        this.leaving = leaving;
    }

    void add(@Observes Router router) {
        router.get("/ws").handler(this::upgrade);
    }

    private void upgrade(RoutingContext request) {
        if (!"websocket".equalsIgnoreCase(request.request().getHeader("Upgrade"))) {
            request.response()
                    .setStatusCode(UPGRADE_REQUIRED)
                    .putHeader("Upgrade", "websocket")
                    .end();
        } else if (connections.config().refusesOrigin(request.request().getHeader("Origin"))) {
            connections.metrics().refused("origin");
            request.response().setStatusCode(FORBIDDEN).end();
        } else if (leaving.isLeaving() || !log.isCaughtUp()) {
            connections.metrics().refused(leaving.isLeaving() ? "leaving" : "not-ready");
            request.response()
                    .setStatusCode(UNAVAILABLE)
                    .putHeader("Retry-After", "1")
                    .end();
        } else {
            accept(request);
        }
    }

    private void accept(RoutingContext request) {
        String address = ClientAddress.of(request.request());
        HttpConnection connection = request.request().connection();
        // Connections break all day: nobody's error.
        connection.exceptionHandler(broken -> {});
        request.request()
                .toWebSocket()
                .onSuccess(webSocket -> connections.opened(webSocket, Socket.on(connection), context(), address))
                .onFailure(refused -> request.fail(400));
    }

    /** The connection's own, not that of the request, which would be kept alive with it. */
    private static Context context() {
        return ((ContextInternal) Vertx.currentContext()).unwrap();
    }
}
