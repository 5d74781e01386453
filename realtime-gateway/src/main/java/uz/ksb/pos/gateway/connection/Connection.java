package uz.ksb.pos.gateway.connection;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
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
    /** How long a client may take to answer our close frame. */
    private static final long CLOSING_MILLIS = 10_000;
    /** The same for one whose frames cannot be told from each other any more, so that an answer is not seen. */
    private static final long BROKEN_MILLIS = 1_000;

    private final Connections connections;
    private final ServerWebSocket webSocket;
    private final Socket socket;
    private final Loop loop;
    private final UUID session = Ids.next();
    private final Deadlines deadlines;
    private final Allowance messages;
    private final Allowance bytes;
    private final List<Accounts.Account> accounts = new ArrayList<>(3);
    private final Pieces pieces = new Pieces();
    private Subscriber subscriber;
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
        this.deadlines = new Deadlines(config, Instant.now());
        this.messages = new Allowance(config.messagesPerSecond());
        this.bytes = new Allowance(config.bytesPerSecond().asLongValue());
    }

    void open(String address) {
        webSocket.closeHandler(gone -> ended());
        // Connections break all day: nobody's error.
        webSocket.exceptionHandler(failure -> {});
        webSocket.pongHandler(pong -> deadlines.heard(Instant.now()));
        webSocket.drainHandler(room -> drained());
        webSocket.frameHandler(this::heard);
        socket.gate().onBroken(this::broke);
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
            socket.gate().shut();
            // It may have been paused: its own close frame is to be heard.
            webSocket.resume();
            Future<Void> unused = webSocket.close((short) reason.code(), reason.name());
            cutIn(CLOSING_MILLIS);
        }
    }

    /** Who takes nothing does not take a close frame either. */
    private void cutIn(long millis) {
        connections.wheel().after(millis, socket::cut);
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

    private void broke() {
        connections.metrics().refused("broken-frame");
        ended();
        cutIn(BROKEN_MILLIS);
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
        if (closed) {
            return;
        }
        byte[] data = frame.binaryData().getBytes();
        count(data.length);
        switch (frame.type()) {
            case TEXT, CONTINUATION -> heard(data, frame.isFinal());
            case BINARY -> close(CloseReason.NOT_TEXT);
            case PING, PONG, CLOSE -> {}
        }
    }

    /** Every frame counts, also a ping and a piece of a message. */
    private void count(int size) {
        deadlines.heard(Instant.now());
        boolean allowed = messages.take(1) & bytes.take(size);
        for (Accounts.Account account : accounts) {
            allowed &= account.take(size);
        }
        if (!allowed) {
            close(CloseReason.TOO_MANY_MESSAGES);
        }
    }

    private void heard(byte[] piece, boolean last) {
        if (closed) {
            return;
        }
        if (pieces.add(piece) > connections.config().maxMessage().asLongValue()) {
            close(CloseReason.MESSAGE_TOO_LARGE);
        } else if (last) {
            heardMessage();
        }
    }

    private void heardMessage() {
        try {
            obey(ClientMessage.read(pieces.end()));
        } catch (CharacterCodingException notUtf8) {
            close(CloseReason.INVALID_TEXT);
        }
        if (!closed && socket.isFull()) {
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
        deadlines.showedToken();
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
            deadlines.heard(Instant.now());
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
        deadlines.admitted(pass.expiresAt());
        send(ServerMessage.welcome(
                session,
                Duration.between(Instant.now(), pass.expiresAt()).toSeconds(),
                connections.config().heartbeat().toSeconds()));
        flush();
        check();
        checkInTime();
    }

    /** The next look was set for when this token was not known. */
    private void checkInTime() {
        Duration next = deadlines.untilNext(Instant.now());
        if (!closed && next.compareTo(connections.config().heartbeat()) < 0) {
            connections.wheel().after(next.toMillis(), () -> loop.executor().execute(this::checkIfOpen));
        }
    }

    private void checkLater(Duration in) {
        connections.wheel().after(Math.max(SHORTEST_WAIT_MILLIS, in.toMillis()), () -> loop.executor()
                .execute(this::checkAndGoOn));
    }

    private void checkIfOpen() {
        if (!closed) {
            check();
        }
    }

    private void checkAndGoOn() {
        checkIfOpen();
        if (!closed) {
            checkLater(deadlines.untilNext(Instant.now()));
        }
    }

    private void check() {
        Instant now = Instant.now();
        deadlines.over(now, !busy, socket.isFull()).ifPresentOrElse(this::close, () -> {
            deadlines.warning(now).ifPresent(this::warn);
            ping(now);
        });
    }

    private void warn(long secondsLeft) {
        send(ServerMessage.expiring(secondsLeft));
        flush();
    }

    private void ping(Instant now) {
        if (deadlines.takePing(now)) {
            Future<Void> unused = webSocket.writePing(Buffer.buffer());
        }
    }
}
