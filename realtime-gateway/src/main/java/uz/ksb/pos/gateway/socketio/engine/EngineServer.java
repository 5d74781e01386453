package uz.ksb.pos.gateway.socketio.engine;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import uz.ksb.pos.gateway.socketio.http.Exchange;
import uz.ksb.pos.gateway.socketio.http.PostedBody;
import uz.ksb.pos.gateway.socketio.http.Refusal;
import uz.ksb.pos.gateway.socketio.loop.SessionLoop;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;
import uz.ksb.pos.gateway.websocket.Socket;

/** Takes the requests of one path, and has the sessions. Any event loop. */
public final class EngineServer {
    private static final String VERSION = "4";
    private static final String POLLING = "polling";
    private static final String WEBSOCKET = "websocket";
    private static final int NO_CONTENT = 204;

    private final EngineOptions options;
    private final EngineApplication application;
    private final ConcurrentMap<String, EngineSession> sessions = new ConcurrentHashMap<>();

    public EngineServer(EngineOptions options, EngineApplication application) {
        this.options = options;
        this.application = application;
    }

    public int size() {
        return sessions.size();
    }

    /** Runs {@code action} for each session, on its event loop. */
    public void each(Consumer<EngineSession> action) {
        sessions.values().forEach(session -> session.loop().run(() -> action.accept(session)));
    }

    /**
     * On the event loop of the request. Its body must not have been read.
     *
     * @param address of the client, which the request alone does not tell behind a proxy
     */
    public void handle(HttpServerRequest request, String address) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            allow(request);
            return;
        }
        Exchange exchange = new Exchange(request.response(), context());
        // Requests break all day: nobody's error.
        request.exceptionHandler(broken -> {});
        try {
            handle(request, address, exchange);
        } catch (IllegalArgumentException unreadableQuery) {
            exchange.refuse(Refusal.BAD_REQUEST);
        }
    }

    private void handle(HttpServerRequest request, String address, Exchange exchange) {
        if (!VERSION.equals(request.getParam("EIO"))) {
            exchange.refuse(Refusal.UNSUPPORTED_VERSION);
            return;
        }
        String transport = String.valueOf(request.getParam("transport"));
        String id = request.getParam("sid");
        boolean upgrade = WEBSOCKET.equalsIgnoreCase(request.getHeader("Upgrade"));
        if (!transport.equals(POLLING) && !transport.equals(WEBSOCKET)) {
            exchange.refuse(Refusal.UNKNOWN_TRANSPORT);
        } else if (upgrade != transport.equals(WEBSOCKET)) {
            exchange.refuse(Refusal.BAD_REQUEST);
        } else if (id == null) {
            handshake(request, address, exchange, upgrade);
        } else {
            EngineSession session = sessions.get(id);
            if (session == null) {
                exchange.refuse(Refusal.UNKNOWN_SESSION);
            } else if (upgrade) {
                probe(request, session);
            } else if (session.requests() == null) {
                exchange.refuse(Refusal.BAD_REQUEST);
            } else {
                poll(request, exchange, session);
            }
        }
    }

    private void handshake(HttpServerRequest request, String address, Exchange exchange, boolean upgrade) {
        if (!request.method().equals(HttpMethod.GET)) {
            exchange.refuse(Refusal.BAD_METHOD);
            return;
        }
        String id = SessionIds.next();
        EngineSession session = new EngineSession(options, new SessionLoop(context()), () -> sessions.remove(id));
        Optional<EngineListener> listener = application.open(session, address);
        if (listener.isEmpty()) {
            exchange.refuse(Refusal.NOT_NOW);
            return;
        }
        session.listen(listener.get());
        if (upgrade) {
            openWebSocket(request, session, id);
        } else {
            session.openPolling();
            sessions.put(id, session);
            exchange.packets(openPacket(id, "[\"" + WEBSOCKET + "\"]"));
        }
    }

    private void openWebSocket(HttpServerRequest request, EngineSession session, String id) {
        HttpConnection connection = request.connection();
        request.toWebSocket()
                .onSuccess(webSocket -> {
                    WebSocketTransport transport =
                            new WebSocketTransport(session, webSocket, Socket.on(connection), context());
                    sessions.put(id, session);
                    transport.open();
                    session.open(transport, openPacket(id, "[]"));
                })
                .onFailure(refused -> session.abandon());
    }

    private static void probe(HttpServerRequest request, EngineSession session) {
        HttpConnection connection = request.connection();
        request.toWebSocket().onSuccess(webSocket -> {
            WebSocketTransport transport = new WebSocketTransport(session, webSocket, Socket.on(connection), context());
            transport.open();
            session.loop().run(() -> session.probe(transport));
        });
    }

    private void poll(HttpServerRequest request, Exchange exchange, EngineSession session) {
        if (request.method().equals(HttpMethod.GET)) {
            session.loop().run(() -> session.requests().poll(exchange));
        } else if (request.method().equals(HttpMethod.POST)) {
            PostedBody.read(request, options.maxPayload(), new PostedBody.Reader() {
                @Override
                public void read(List<EnginePacket> packets, int bytes) {
                    session.loop().run(() -> session.requests().post(exchange, packets, bytes));
                }

                @Override
                public void refused(Refusal refusal) {
                    session.loop().run(() -> session.requests().refuse(exchange, refusal));
                }
            });
        } else {
            exchange.refuse(Refusal.BAD_REQUEST);
        }
    }

    private byte[] openPacket(String id, String upgrades) {
        return ("0{\"sid\":\"" + id + "\",\"upgrades\":" + upgrades + ",\"pingInterval\":"
                        + options.pingInterval().toMillis() + ",\"pingTimeout\":"
                        + options.pingTimeout().toMillis() + ",\"maxPayload\":" + options.maxPayload() + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void allow(HttpServerRequest request) {
        String headers = request.getHeader("Access-Control-Request-Headers");
        request.response()
                .setStatusCode(NO_CONTENT)
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "GET,POST")
                .putHeader("Access-Control-Allow-Headers", headers == null ? "Content-Type" : headers)
                .end()
                .onFailure(gone -> {});
    }

    /** The connection's own, not that of the request, which would be kept alive with it. */
    private static ContextInternal context() {
        return ((ContextInternal) Vertx.currentContext()).unwrap();
    }
}
