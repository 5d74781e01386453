package uz.ksb.pos.gateway.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.ksb.pos.gateway.socketio.loop.Heartbeat;
import uz.ksb.pos.gateway.socketio.loop.SessionLoop;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;

/** One client, over whatever transport it has. On its event loop but where named. */
public final class EngineSession implements Heartbeat.Client {
    private static final byte[] PING = "2".getBytes(StandardCharsets.US_ASCII);

    private final EngineOptions options;
    private final SessionLoop loop;
    private final Upgrade upgrade;
    private final Runnable forget;
    private final Heartbeat heartbeat;
    private final Inbox inbox;
    private EngineListener listener;
    private Transport transport;
    /** Null once the client has a WebSocket. */
    private PollingTransport polling;

    private PollRequests requests;
    private boolean corked;
    private boolean closed;

    /** @param forget called once, when no request can be for this session any more */
    EngineSession(EngineOptions options, SessionLoop loop, Runnable forget) {
        this.options = options;
        this.loop = loop;
        this.upgrade = new Upgrade(loop, options.upgradeTimeout().toNanos());
        this.forget = forget;
        this.heartbeat = new Heartbeat(loop.netty(), options.pingInterval(), options.pingTimeout(), this);
        this.inbox = new Inbox(options.maxPayload());
    }

    public EngineOptions options() {
        return options;
    }

    void listen(EngineListener user) {
        listener = user;
    }

    void openPolling() {
        polling = new PollingTransport(this);
        requests = new PollRequests(this, polling);
        transport = polling;
        heartbeat.start();
    }

    /** Its connection could not be opened. */
    void abandon() {
        closed = true;
        forget();
        listener.closed();
    }

    void open(WebSocketTransport webSocket, byte[] openPacket) {
        transport = webSocket;
        transport.send(openPacket);
        transport.flush();
        heartbeat.start();
    }

    public SessionLoop loop() {
        return loop;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Takes the requests of its client, while it polls and for a moment afterwards; null if it never polled. */
    PollRequests requests() {
        return requests;
    }

    boolean isPolling() {
        return polling != null;
    }

    /** Ends a silent session, whatever its timer has seen of it. */
    void endIfOver() {
        if (!closed && heartbeat.isOver()) {
            abort();
        }
    }

    /** A GET waits. */
    void polled() {
        if (upgrade.isProbed()) {
            polling.release();
        } else {
            listener.writable();
        }
    }

    void posted(PollingTransport from, List<EnginePacket> packets, int bytes) {
        corked = true;
        int share = Math.max(1, bytes / packets.size());
        packets.forEach(packet -> heard(from, packet, share));
        corked = false;
        flush();
    }

    /** A WebSocket with this session's id. */
    void probe(WebSocketTransport webSocket) {
        if (closed || polling == null || !upgrade.begin(webSocket)) {
            webSocket.close(false);
        }
    }

    private void heardProbe(WebSocketTransport webSocket, EnginePacket packet) {
        switch (upgrade.heard(packet)) {
            case PROBED -> polling.release();
            case DONE -> upgrade(webSocket);
            case GIVEN_UP -> {}
        }
    }

    private void upgrade(WebSocketTransport webSocket) {
        PollingTransport before = polling;
        polling = null;
        transport = webSocket;
        before.release();
        before.resume();
        before.moveTo(webSocket);
        webSocket.flush();
        if (inbox.isFull()) {
            webSocket.pause();
        }
        listener.writable();
    }

    void heard(Transport from, EnginePacket packet, int bytes) {
        if (closed) {
            return;
        }
        if (!listener.admits(bytes)) {
            abort();
        } else if (upgrade.isBy(from)) {
            heardProbe((WebSocketTransport) from, packet);
        } else if (from.equals(transport)) {
            heard(packet);
        }
    }

    private void heard(EnginePacket packet) {
        switch (packet) {
            case EnginePacket.Binary binary -> message(binary);
            case EnginePacket.Text text -> {
                switch (text.type()) {
                    case MESSAGE -> message(text);
                    case PONG -> heartbeat.pong();
                    case NOOP -> {}
                    case CLOSE -> closedByClient();
                    case OPEN, PING, UPGRADE -> abort();
                }
            }
        }
    }

    private void message(EnginePacket message) {
        inbox.take(message, listener);
        if (inbox.isFull()) {
            transport.pause();
        }
    }

    /** Holds the messages of the client back, until {@link #resume()}. */
    public void pause() {
        inbox.pause();
    }

    public void resume() {
        inbox.resume(listener);
        if (!closed && !inbox.isPaused()) {
            transport.resume();
        }
    }

    void malformed(Transport from) {
        if (upgrade.isBy(from)) {
            upgrade.giveUp();
        } else if (from.equals(transport)) {
            abort();
        }
    }

    /** Adds a ready text packet, see {@code ServerPacket}. The bytes are shared: not to be changed. */
    public void send(byte[] packet) {
        if (!closed) {
            transport.send(packet);
        }
    }

    public void sendBinary(byte[] message) {
        if (!closed) {
            transport.sendBinary(message);
        }
    }

    public void send(PacketBatch batch) {
        if (!closed) {
            transport.send(batch);
        }
    }

    /** Hands what was sent over to the client. */
    public void flush() {
        if (!closed && !corked) {
            transport.flush();
        }
    }

    /** Whether the client takes nothing for now; {@link EngineListener#writable()} tells when it does again. */
    public boolean isFull() {
        return closed || transport.isFull();
    }

    /** Whether so much waits for the client that it should not be answered more. */
    public boolean isClogged() {
        return !closed && transport.isClogged();
    }

    void writable(Transport where) {
        if (!closed && where.equals(transport)) {
            listener.writable();
        }
    }

    @Override
    public void ping() {
        transport.send(PING);
        transport.flush();
    }

    @Override
    public boolean silent() {
        // Its answer may wait where we do not read.
        boolean unheard = inbox.isFull() && !transport.isClogged();
        if (!unheard) {
            abort();
        }
        return unheard;
    }

    /** Ends the session when what was sent has reached the client, if it takes it soon. */
    public void close() {
        if (!closed) {
            end();
            transport.close(true);
        }
    }

    /** Ends the session at once. */
    public void abort() {
        if (!closed) {
            end();
            transport.close(false);
        }
    }

    private void closedByClient() {
        end();
        if (polling != null) {
            polling.closedByClient();
        } else {
            transport.close(false);
        }
    }

    /** The connection of a transport is gone. */
    void gone(Transport which) {
        if (upgrade.isBy(which)) {
            upgrade.end();
        } else if (which.equals(transport) && !closed) {
            end();
        }
    }

    private void end() {
        closed = true;
        heartbeat.stop();
        inbox.clear();
        upgrade.giveUp();
        if (polling == null) {
            forget();
        }
        listener.closed();
    }

    void forget() {
        forget.run();
    }
}
