package uz.ksb.pos.gateway.connection;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.gateway.hub.Outlet;
import uz.ksb.pos.gateway.hub.Pass;
import uz.ksb.pos.gateway.hub.Run;
import uz.ksb.pos.gateway.hub.Subscriber;
import uz.ksb.pos.gateway.protocol.ClientMessage;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.platform.event.Ids;

/** One socket: reads and limits what the client says, keeps its deadlines, writes what the hub has for it. */
final class Connection implements Outlet {
    private static final int SHORTEST_WAIT_MILLIS = 100;

    private final Connections connections;
    private final ServerWebSocket webSocket;
    private final Socket socket;
    private final Loop loop;
    private final UUID session = Ids.next();
    private final Instant authUntil;
    private final Allowance messages;
    private final Allowance bytes;
    private final List<Accounts.Account> accounts = new ArrayList<>(3);
    private Subscriber subscriber;
    private Instant heardAt = Instant.now();
    private Instant pingedAt = Instant.now();
    private boolean showedToken;
    private boolean warned;
    private boolean closed;
    /** What the client says is not heard while it is being served, and while it does not take what it is told. */
    private boolean busy;

    private boolean full;

    Connection(Connections connections, ServerWebSocket webSocket, Socket socket, Context context) {
        ConnectionConfig config = connections.config();
        this.connections = connections;
        this.webSocket = webSocket;
        this.socket = socket;
        this.loop = new Loop(socket.eventLoop(), action -> context.runOnContext(run -> action.run()), socket::later);
        this.authUntil = Instant.now().plus(config.authWithin());
        this.messages = new Allowance(config.messagesPerSecond());
        this.bytes = new Allowance(config.bytesPerSecond().asLongValue());
    }

    void open(String address) {
        webSocket.closeHandler(gone -> ended());
        webSocket.exceptionHandler(this::broke);
        webSocket.pongHandler(pong -> heardAt = Instant.now());
        webSocket.drainHandler(room -> drained());
        webSocket.frameHandler(frame -> count(frame.binaryData().length()));
        webSocket.textMessageHandler(this::heard);
        webSocket.binaryMessageHandler(data -> close(CloseReason.NOT_TEXT));
        if (enter("address " + address, connections.config().ofAddress())) {
            checkLater(connections.config().authWithin());
        }
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void send(byte[] json) {
        if (!closed) {
            socket.add(json);
        }
    }

    @Override
    public void send(Run run) {
        if (!closed) {
            socket.add(run);
        }
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public boolean isFull() {
        return socket.isFull();
    }

    @Override
    public void close(CloseReason reason) {
        if (!closed) {
            socket.flush();
            connections.metrics().closed(reason);
            ended();
            Future<Void> unused = webSocket.close((short) reason.code(), reason.name());
        }
    }

    /**
     * Any thread: asks the client to go to another node, at a moment of its own choice, the last of which leaves it the time
     * to do so.
     */
    void move() {
        Duration within = connections.config().moveWithin().multipliedBy(5).dividedBy(6);
        loop.executor().execute(() -> {
            send(ServerMessage.move(Math.max(1, within.toSeconds())));
            flush();
        });
    }

    /** Any thread. */
    void closeLater(CloseReason reason) {
        loop.executor().execute(() -> close(reason));
    }

    private void ended() {
        if (!closed) {
            closed = true;
            socket.discard();
            if (subscriber != null) {
                subscriber.leave();
            }
            accounts.forEach(connections.accounts()::leave);
            connections.gone(this);
        }
    }

    /** Connections break all day, which is nobody's error; only frames that cannot be are counted. */
    private void broke(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException) {
            connections.metrics().refused("broken-frame");
        }
    }

    private void drained() {
        heardAt = Instant.now();
        if (subscriber != null) {
            subscriber.pump();
        }
        if (full && !socket.isFull()) {
            full = false;
            hearAgain();
        }
    }

    /** Every frame counts, also a ping and a piece of a message. */
    private void count(int size) {
        heardAt = Instant.now();
        boolean allowed = messages.take(1) & bytes.take(size);
        for (Accounts.Account account : accounts) {
            allowed &= account.take(size);
        }
        if (!allowed) {
            close(CloseReason.TOO_MANY_MESSAGES);
        }
    }

    private void heard(String text) {
        if (closed) {
            return;
        }
        if (text.length() > connections.config().maxMessage().asLongValue()) {
            close(CloseReason.MESSAGE_TOO_LARGE);
            return;
        }
        obey(ClientMessage.read(text));
        if (socket.isFull()) {
            // Whoever does not read what it is told is not answered more.
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
            close(CloseReason.TOKEN);
            return;
        }
        switch (message) {
            case ClientMessage.Auth auth -> authenticate(auth.token());
            case ClientMessage.Subscribe subscribe -> subscribe(subscribe);
            case ClientMessage.Unsubscribe unsubscribe -> subscriber.unsubscribe(unsubscribe.channels());
            case ClientMessage.Ping ping -> subscriber.ping();
            case ClientMessage.Unreadable unreadable -> {
                send(ServerMessage.error("invalid-message", unreadable.why()));
                flush();
            }
        }
    }

    /** Nothing else is heard until the client has been told. */
    private void subscribe(ClientMessage.Subscribe asked) {
        pause();
        subscriber
                .subscribe(asked.channels(), asked.since())
                .thenRunAsync(this::served, loop.executor())
                .exceptionally(unexpected -> {
                    closeLater(CloseReason.TRY_AGAIN);
                    return null;
                });
    }

    private void authenticate(String token) {
        showedToken = true;
        pause();
        connections.tokens().verify(token).onComplete(verdict -> {
            if (!closed) {
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
        if (!closed && !busy && !full) {
            heardAt = Instant.now();
            webSocket.resume();
        }
    }

    private void judge(TokenVerification.Verdict verdict) {
        switch (verdict) {
            case TokenVerification.Verdict.Valid valid -> admit(valid.pass());
            case TokenVerification.Verdict.Invalid invalid -> close(CloseReason.TOKEN);
            case TokenVerification.Verdict.Unknown unknown -> close(CloseReason.TRY_AGAIN);
        }
    }

    private void admit(Pass pass) {
        if (connections.hub().refuses(pass)) {
            close(CloseReason.BLOCKED);
        } else if (subscriber == null) {
            join(pass);
        } else if (subscriber.pass().isRenewedBy(pass)) {
            subscriber.renew(pass);
            welcome(pass);
        } else {
            close(CloseReason.TOKEN);
        }
    }

    private void join(Pass pass) {
        ConnectionConfig config = connections.config();
        String ksbId = pass.caller().ksbId();
        if (!enter("enterprise " + ksbId, config.ofEnterprise()) || !enter(device(pass), config.ofDevice())) {
            return;
        }
        subscriber = connections.hub().join(pass, this);
        if (subscriber == null) {
            close(CloseReason.BLOCKED);
        } else {
            welcome(pass);
            subscriber.tellIfBehind();
        }
    }

    /** A machine has no device: its client counts. */
    private static String device(Pass pass) {
        String device = pass.caller().deviceId();
        return "device " + pass.caller().ksbId() + " "
                + (device == null ? pass.caller().userId() : device);
    }

    private boolean enter(String whose, Accounts.Limit limit) {
        Accounts.Account account = connections.accounts().enter(whose, limit);
        if (account == null) {
            close(CloseReason.TOO_MANY_CONNECTIONS);
            return false;
        }
        accounts.add(account);
        return true;
    }

    private void welcome(Pass pass) {
        warned = false;
        send(ServerMessage.welcome(
                session,
                Duration.between(Instant.now(), pass.expiresAt()).toSeconds(),
                connections.config().heartbeat().toSeconds()));
        flush();
        check();
    }

    private void checkLater(Duration in) {
        connections.wheel().after(Math.max(SHORTEST_WAIT_MILLIS, in.toMillis()), () -> loop.executor()
                .execute(this::checkAndGoOn));
    }

    private void checkAndGoOn() {
        if (!closed) {
            check();
        }
        if (!closed) {
            checkLater(untilNextCheck(Instant.now()));
        }
    }

    private Duration untilNextCheck(Instant now) {
        Duration next = connections.config().heartbeat();
        if (subscriber == null) {
            return Duration.between(now, authUntil);
        }
        Instant expiry = subscriber.pass().expiresAt();
        Duration untilToken = Duration.between(
                now, warned ? expiry : expiry.minus(connections.config().expiryWarning()));
        return untilToken.compareTo(next) < 0 ? untilToken : next;
    }

    private void check() {
        Instant now = Instant.now();
        if (subscriber == null) {
            // A token that is being verified was shown in time.
            if (!showedToken && !now.isBefore(authUntil)) {
                close(CloseReason.NO_AUTH_IN_TIME);
            }
            return;
        }
        Instant expiry = subscriber.pass().expiresAt();
        if (!now.isBefore(expiry)) {
            close(CloseReason.TOKEN);
        } else if (!busy && now.isAfter(heardAt.plus(silenceAllowed()))) {
            close(CloseReason.SILENT);
        } else {
            warn(now, expiry);
            ping(now);
        }
    }

    /** A slow client does not see our pings before all that waits in front of them. */
    private Duration silenceAllowed() {
        ConnectionConfig config = connections.config();
        return socket.isFull()
                ? config.patience()
                : config.heartbeat().multipliedBy(5).dividedBy(2);
    }

    private void warn(Instant now, Instant expiry) {
        if (!warned && !now.isBefore(expiry.minus(connections.config().expiryWarning()))) {
            warned = true;
            send(ServerMessage.expiring(
                    Math.max(1, Duration.between(now, expiry).toSeconds())));
            flush();
        }
    }

    private void ping(Instant now) {
        if (!now.isBefore(pingedAt.plus(connections.config().heartbeat()))) {
            pingedAt = now;
            Future<Void> unused = webSocket.writePing(Buffer.buffer());
        }
    }
}
