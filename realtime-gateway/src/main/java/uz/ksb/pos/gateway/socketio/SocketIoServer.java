package uz.ksb.pos.gateway.socketio;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import uz.ksb.pos.gateway.socketio.engine.EngineListener;
import uz.ksb.pos.gateway.socketio.engine.EngineOptions;
import uz.ksb.pos.gateway.socketio.engine.EngineServer;
import uz.ksb.pos.gateway.socketio.engine.EngineSession;

/** A server of Socket.IO on one path. Any event loop. */
public final class SocketIoServer {
    private final EngineServer engine;
    private final long connectTimeoutNanos;
    private final Visitor.Reception reception;

    /** @param connectTimeout how long a session may be in no namespace */
    public SocketIoServer(EngineOptions options, Duration connectTimeout, Visitor.Reception reception) {
        this.engine = new EngineServer(options, this::open);
        this.connectTimeoutNanos = connectTimeout.toNanos();
        this.reception = reception;
    }

    private Optional<EngineListener> open(EngineSession engineSession, String address) {
        SocketSession session = new SocketSession(engineSession, connectTimeoutNanos);
        return reception.open(session, address).map(visitor -> {
            session.open(visitor);
            return session;
        });
    }

    /**
     * On the event loop of the request. Its body must not have been read.
     *
     * @param address of the client, which the request alone does not tell behind a proxy
     */
    public void handle(HttpServerRequest request, String address) {
        engine.handle(request, address);
    }

    /** Sessions. */
    public int size() {
        return engine.size();
    }

    /** Runs {@code action} for each session, on its event loop. */
    public void each(Consumer<EngineSession> action) {
        engine.each(action);
    }
}
