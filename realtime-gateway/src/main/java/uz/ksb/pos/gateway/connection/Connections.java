package uz.ksb.pos.gateway.connection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;
import uz.ksb.pos.gateway.token.TokenVerification;
import uz.ksb.pos.gateway.websocket.Socket;

/** All sockets of this node, and what they share. */
@ApplicationScoped
class Connections implements Drainable {
    private final ConnectionConfig config;
    private final Hub hub;
    private final TokenVerification tokens;
    private final LiveMetrics metrics;
    private final TimingWheel wheel;
    private final ConnectionQuotas quotas;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    Connections(
            ConnectionConfig config,
            Hub hub,
            TokenVerification tokens,
            LiveMetrics metrics,
            ConnectionQuotas quotas,
            Vertx vertx) {
        this.config = config;
        this.hub = hub;
        this.tokens = tokens;
        this.metrics = metrics;
        this.quotas = quotas;
        this.wheel = new TimingWheel(vertx);
    }

    /** From the start: a node without clients shows none, and not nothing. */
    void measure(@Observes StartupEvent started, MeterRegistry registry) {
        Gauge.builder("pos.live.connections", open, Set::size).register(registry);
    }

    @PostConstruct
    void start() {
        wheel.start();
    }

    @PreDestroy
    void stop() {
        wheel.stop();
    }

    void opened(ServerWebSocket webSocket, Socket socket, Context context, String address) {
        Connection connection = new Connection(this, webSocket, socket, context);
        open.add(connection);
        connection.open(address);
    }

    void gone(Connection connection) {
        open.remove(connection);
    }

    @Override
    public int size() {
        return open.size();
    }

    @Override
    public void moveAll() {
        open.forEach(Connection::move);
    }

    @Override
    public void closeAll() {
        open.forEach(connection -> connection.closeLater(CloseReason.RESTART));
    }

    ConnectionConfig config() {
        return config;
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

    TimingWheel wheel() {
        return wheel;
    }

    ConnectionQuotas quotas() {
        return quotas;
    }
}
