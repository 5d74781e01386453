package uz.ksb.pos.gateway.connection;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import uz.ksb.pos.gateway.hub.ClientSink;
import uz.ksb.pos.gateway.hub.FrameBatch;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.websocket.FramedMessages;
import uz.ksb.pos.gateway.websocket.Socket;

/** The way to one client, until its connection ends. On its event loop. */
final class SocketSink implements ClientSink {
    /** How long a client may take to answer our close frame. */
    private static final long CLOSING_MILLIS = 10_000;
    /** The same for a client whose frames cannot be told from each other any more, so that an answer is not seen. */
    private static final long BROKEN_MILLIS = 1_000;

    private final ServerWebSocket webSocket;
    private final Socket socket;
    private final Loop loop;
    private final TimingWheel wheel;
    private final LiveMetrics metrics;
    private final Runnable whenEnded;
    private boolean closed;

    /** @param whenEnded called once, however the connection ends */
    SocketSink(
            ServerWebSocket webSocket,
            Socket socket,
            Context context,
            TimingWheel wheel,
            LiveMetrics metrics,
            Runnable whenEnded) {
        this.webSocket = webSocket;
        this.socket = socket;
        this.loop = new Loop(socket.eventLoop(), action -> context.runOnContext(run -> action.run()), socket::later);
        this.wheel = wheel;
        this.metrics = metrics;
        this.whenEnded = whenEnded;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void send(ServerMessage message) {
        send(message.json());
    }

    @Override
    public void send(byte[] json) {
        if (!closed) {
            socket.add(json);
        }
    }

    @Override
    public void send(FrameBatch batch) {
        if (!closed) {
            socket.add(((Framed) batch.wire(this::framed)).messages());
        }
    }

    private Framed framed(FrameBatch batch) {
        return new Framed(socket.framed(batch.messages(), batch.bytes()));
    }

    private record Framed(FramedMessages messages) implements FrameBatch.Wire {
        @Override
        public void release() {
            messages.release();
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
            metrics.closed(reason);
            end();
            socket.guard().shut();
            // It may have been paused: its own close frame is to be heard.
            webSocket.resume();
            Future<Void> unused = webSocket.close((short) reason.code(), reason.name());
            cutIn(CLOSING_MILLIS);
        }
    }

    /** Any thread. */
    void closeLater(CloseReason reason) {
        loop.executor().execute(() -> close(reason));
    }

    /** The client broke the framing, and was told. */
    void broken() {
        metrics.refused("broken-frame");
        end();
        cutIn(BROKEN_MILLIS);
    }

    /** The connection is gone, or is ending: nothing is sent any more. */
    void end() {
        if (!closed) {
            closed = true;
            socket.discard();
            whenEnded.run();
        }
    }

    /** A client that takes nothing does not take a close frame either. */
    private void cutIn(long millis) {
        wheel.after(millis, socket::cut);
    }
}
