package uz.ksb.pos.gateway.connection;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import uz.ksb.pos.gateway.hub.Subscriber;
import uz.ksb.pos.gateway.protocol.ClientMessage;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.quota.ConnectionQuota;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;
import uz.ksb.pos.gateway.token.TokenVerification;
import uz.ksb.pos.gateway.token.VerifiedToken;
import uz.ksb.pos.gateway.websocket.MessageAssembler;
import uz.ksb.pos.gateway.websocket.Socket;
import uz.ksb.pos.platform.event.Ids;

/** One socket: reads and limits what the client says, keeps its deadlines, writes what the hub has for it. */
final class Connection implements DeadlineWatch.Watched {
    private final Connections connections;
    private final ServerWebSocket webSocket;
    private final Socket socket;
    private final SocketSink sink;
    private final UUID session = Ids.next();
    private final Deadlines deadlines;
    private final DeadlineWatch watch;
    private final ConnectionQuota quota;
    private final MessageAssembler pieces = new MessageAssembler();
    private Subscriber subscriber;
    /** The client is not heard while it is being served. */
    private boolean busy;

    /** Nor while it does not read what it is sent. */
    private boolean full;

    Connection(Connections connections, ServerWebSocket webSocket, Socket socket, Context context) {
        ConnectionConfig config = connections.config();
        this.connections = connections;
        this.webSocket = webSocket;
        this.socket = socket;
        this.sink = new SocketSink(webSocket, socket, context, connections.wheel(), connections.metrics(), this::ended);
        this.deadlines = new Deadlines(config, Instant.now());
        this.watch =
                new DeadlineWatch(deadlines, connections.wheel(), sink.loop().executor(), config.heartbeat(), this);
        this.quota = new ConnectionQuota(
                connections.quotas(),
                config.messagesPerSecond(),
                config.bytesPerSecond().asLongValue());
    }

    void open(String address) {
        webSocket.closeHandler(gone -> sink.end());
        // Connections break all day: nobody's error.
        webSocket.exceptionHandler(failure -> {});
        webSocket.pongHandler(pong -> deadlines.heard(Instant.now()));
        webSocket.drainHandler(room -> drained());
        webSocket.frameHandler(this::heard);
        socket.guard().onBroken(sink::broken);
        if (enter("address " + address, connections.config().ofAddress())) {
            watch.begin(connections.config().authWithin());
        }
    }

    /**
     * Any thread: asks the client to go to another node, at a moment of its own choice, the last of which leaves it the time
     * to do so.
     */
    void move() {
        Duration within = connections.config().moveWithin().multipliedBy(5).dividedBy(6);
        sink.loop().executor().execute(() -> {
            sink.send(new ServerMessage.Move(Math.max(1, within.toSeconds())));
            sink.flush();
        });
    }

    /** Any thread. */
    void closeLater(CloseReason reason) {
        sink.closeLater(reason);
    }

    private void ended() {
        if (subscriber != null) {
            subscriber.leave();
        }
        quota.leave();
        watch.end();
        connections.gone(this);
    }

    private void drained() {
        deadlines.heard(Instant.now());
        if (subscriber != null) {
            subscriber.pump();
        }
        if (full && !socket.isFull()) {
            full = false;
            hearAgain();
        }
    }

    private void heard(WebSocketFrame frame) {
        if (sink.isClosed()) {
            return;
        }
        byte[] data = frame.binaryData().getBytes();
        count(data.length);
        switch (frame.type()) {
            case TEXT, CONTINUATION -> heard(data, frame.isFinal());
            case BINARY -> sink.close(CloseReason.NOT_TEXT);
            case PING, PONG, CLOSE -> {}
        }
    }

    /** Every frame counts, also a ping and a piece of a message. */
    private void count(int size) {
        deadlines.heard(Instant.now());
        if (!quota.take(size)) {
            sink.close(CloseReason.TOO_MANY_MESSAGES);
        }
    }

    private void heard(byte[] piece, boolean last) {
        if (sink.isClosed()) {
            return;
        }
        if (pieces.add(piece) > connections.config().maxMessage().asLongValue()) {
            sink.close(CloseReason.MESSAGE_TOO_LARGE);
        } else if (last) {
            heardMessage();
        }
    }

    private void heardMessage() {
        try {
            obey(ClientMessage.read(pieces.end()));
        } catch (CharacterCodingException notUtf8) {
            sink.close(CloseReason.INVALID_TEXT);
        }
        if (!sink.isClosed() && socket.isFull()) {
            // A client that does not read is not answered more.
            full = true;
            webSocket.pause();
        }
    }

    private void obey(ClientMessage message) {
        if (message instanceof ClientMessage.Auth auth) {
            authenticate(auth.token());
            return;
        }
        if (subscriber == null) {
            sink.close(CloseReason.TOKEN);
            return;
        }
        switch (message) {
            case ClientMessage.Auth auth -> authenticate(auth.token());
            case ClientMessage.Subscribe subscribe -> subscribe(subscribe);
            case ClientMessage.Unsubscribe unsubscribe -> subscriber.unsubscribe(unsubscribe.channels());
            case ClientMessage.Ping ping -> subscriber.ping();
            case ClientMessage.Unreadable unreadable -> {
                sink.send(ServerMessage.error("invalid-message", unreadable.why()));
                sink.flush();
            }
        }
    }

    /** No other message is read until the client has been told. */
    private void subscribe(ClientMessage.Subscribe asked) {
        pause();
        subscriber
                .subscribe(asked.channels(), asked.since())
                .thenRunAsync(this::served, sink.loop().executor())
                .exceptionally(unexpected -> {
                    sink.closeLater(CloseReason.TRY_AGAIN);
                    return null;
                });
    }

    private void authenticate(String token) {
        deadlines.showedToken();
        pause();
        connections.tokens().verify(token).onComplete(verdict -> {
            if (!sink.isClosed()) {
                judge(verdict.succeeded() ? verdict.result() : new TokenVerification.Verdict.Unknown());
                served();
            }
        });
    }

    private void pause() {
        busy = true;
        webSocket.pause();
    }

    private void served() {
        busy = false;
        hearAgain();
    }

    private void hearAgain() {
        if (!sink.isClosed() && !busy && !full) {
            deadlines.heard(Instant.now());
            webSocket.resume();
        }
    }

    private void judge(TokenVerification.Verdict verdict) {
        switch (verdict) {
            case TokenVerification.Verdict.Valid valid -> admit(valid.verified());
            case TokenVerification.Verdict.Invalid invalid -> sink.close(CloseReason.TOKEN);
            case TokenVerification.Verdict.Unknown unknown -> sink.close(CloseReason.TRY_AGAIN);
        }
    }

    private void admit(VerifiedToken verified) {
        if (connections.hub().refuses(verified)) {
            sink.close(CloseReason.BLOCKED);
        } else if (subscriber == null) {
            join(verified);
        } else if (subscriber.verified().isRenewedBy(verified)) {
            subscriber.renew(verified);
            welcome(verified);
        } else {
            sink.close(CloseReason.TOKEN);
        }
    }

    private void join(VerifiedToken verified) {
        ConnectionConfig config = connections.config();
        String ksbId = verified.caller().ksbId();
        if (!enter("enterprise " + ksbId, config.ofEnterprise()) || !enter(device(verified), config.ofDevice())) {
            return;
        }
        subscriber = connections.hub().join(verified, sink);
        if (subscriber == null) {
            sink.close(CloseReason.BLOCKED);
        } else {
            welcome(verified);
            subscriber.tellIfBehind();
        }
    }

    /** A machine has no device: its client counts. */
    private static String device(VerifiedToken verified) {
        String device = verified.caller().deviceId();
        return "device " + verified.caller().ksbId() + " "
                + (device == null ? verified.caller().userId() : device);
    }

    private boolean enter(String whose, ConnectionQuotas.Limit limit) {
        boolean entered = quota.enter(whose, limit);
        if (!entered) {
            sink.close(CloseReason.TOO_MANY_CONNECTIONS);
        }
        return entered;
    }

    private void welcome(VerifiedToken verified) {
        deadlines.admitted(verified.expiresAt());
        sink.send(ServerMessage.welcome(
                session,
                Duration.between(Instant.now(), verified.expiresAt()).toSeconds(),
                connections.config().heartbeat().toSeconds()));
        sink.flush();
        watch.tokenChanged();
    }

    @Override
    public boolean isHeeded() {
        return !busy;
    }

    @Override
    public boolean isFull() {
        return socket.isFull();
    }

    @Override
    public void over(CloseReason reason) {
        sink.close(reason);
    }

    @Override
    public void warn(long secondsLeft) {
        sink.send(new ServerMessage.Expiring(secondsLeft));
        sink.flush();
    }

    @Override
    public void ping() {
        Future<Void> unused = webSocket.writePing(Buffer.buffer());
    }
}
