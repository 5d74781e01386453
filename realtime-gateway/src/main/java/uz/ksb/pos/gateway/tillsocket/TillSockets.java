package uz.ksb.pos.gateway.tillsocket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import uz.ksb.pos.gateway.connection.ConnectionConfig;
import uz.ksb.pos.gateway.connection.Drain;
import uz.ksb.pos.gateway.connection.Drainable;
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.log.LogReader;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.quota.ConnectionQuota;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;
import uz.ksb.pos.gateway.socketio.SocketIoServer;
import uz.ksb.pos.gateway.socketio.SocketSession;
import uz.ksb.pos.gateway.socketio.Visitor;
import uz.ksb.pos.gateway.socketio.engine.EngineOptions;
import uz.ksb.pos.gateway.token.TokenVerification;
import uz.ksb.pos.platform.http.ClientAddress;

/** {@code /socket.io/}: all its sessions on this node, and what they share. */
@ApplicationScoped
class TillSockets implements Drainable, Visitor.Reception {
    /** Answers and snapshots that wait for a client that polls. */
    private static final int MAX_QUEUED = 4 * 1024 * 1024;

    private static final int FORBIDDEN = 403;

    private final TillSocketConfig config;
    private final ConnectionConfig limits;
    private final Hub hub;
    private final TokenVerification tokens;
    private final ConnectionQuotas quotas;
    private final LiveMetrics metrics;
    private final LogReader log;
    private final Drain drain;
    private final TillEvents events;
    private final SocketIoServer server;

    TillSockets(
            TillSocketConfig config,
            ConnectionConfig limits,
            Hub hub,
            TokenVerification tokens,
            ConnectionQuotas quotas,
            LiveMetrics metrics,
            LogReader log,
            Drain drain,
            MeterRegistry registry) {
        this.config = config;
        this.limits = limits;
        this.hub = hub;
        this.tokens = tokens;
        this.quotas = quotas;
        this.metrics = metrics;
        this.log = log;
        this.drain = drain;
        this.events = new TillEvents(config.oldNames());
        EngineOptions options = new EngineOptions(
                config.pingInterval(),
                config.pingTimeout(),
                config.upgradeWithin(),
                (int) limits.maxMessage().asLongValue(),
                MAX_QUEUED);
        this.server = new SocketIoServer(options, limits.authWithin(), this);
        Gauge.builder("pos.live.socketio.sessions", server, SocketIoServer::size)
                .register(registry);
    }

    void add(@Observes Router router) {
        router.route("/socket.io").handler(this::handle);
        router.route("/socket.io/").handler(this::handle);
    }

    private void handle(RoutingContext request) {
        if (limits.refusesOrigin(request.request().getHeader("Origin"))) {
            metrics.refused("origin");
            request.response().setStatusCode(FORBIDDEN).end();
        } else {
            server.handle(request.request(), ClientAddress.of(request.request()));
        }
    }

    @Override
    public Optional<Visitor> open(SocketSession session, String address) {
        if (drain.isLeaving() || !log.isCaughtUp()) {
            metrics.refused(drain.isLeaving() ? "leaving" : "not-ready");
            return Optional.empty();
        }
        TillVisitor visitor = new TillVisitor(this, session, address);
        if (!visitor.enter()) {
            metrics.closed(CloseReason.TOO_MANY_CONNECTIONS);
            return Optional.empty();
        }
        return Optional.of(visitor);
    }

    @Override
    public int size() {
        return server.size();
    }

    /** Closes the transports at random moments: the library comes back by itself, and is sent to another node. */
    @Override
    public void moveAll() {
        Duration within = limits.moveWithin().multipliedBy(5).dividedBy(6);
        server.each(session -> {
            long moment = ThreadLocalRandom.current().nextLong(1 + within.toNanos());
            ScheduledFuture<?> unused = session.loop().after(moment, session::close);
        });
    }

    @Override
    public void closeAll() {
        server.each(session -> {
            metrics.closed(CloseReason.RESTART);
            session.close();
        });
    }

    ConnectionQuota quota() {
        return new ConnectionQuota(
                quotas, limits.messagesPerSecond(), limits.bytesPerSecond().asLongValue());
    }

    TillSocketConfig config() {
        return config;
    }

    ConnectionConfig limits() {
        return limits;
    }

    Hub hub() {
        return hub;
    }

    TokenVerification tokens() {
        return tokens;
    }

    LiveMetrics metrics() {
        return metrics;
    }

    TillEvents events() {
        return events;
    }
}
