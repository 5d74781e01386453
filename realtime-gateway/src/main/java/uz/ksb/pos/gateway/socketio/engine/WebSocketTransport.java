package uz.ksb.pos.gateway.socketio.engine;

import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;
import uz.ksb.pos.gateway.socketio.packet.MalformedPacket;
import uz.ksb.pos.gateway.websocket.MessageAssembler;
import uz.ksb.pos.gateway.websocket.Socket;

/** A WebSocket of a session, which may be on another event loop than the session. On the session's loop but where named. */
final class WebSocketTransport implements Transport {
    private static final short NORMAL = 1000;
    private static final short TOO_LARGE = 1009;
    /** How long a client may take to answer our close frame. */
    private static final long CLOSING_SECONDS = 10;
    /** The same for a client whose frames cannot be told from each other any more. */
    private static final long BROKEN_SECONDS = 1;

    private final EngineSession session;
    private final ServerWebSocket webSocket;
    private final Socket socket;
    /** Of the socket. */
    private final ContextInternal context;

    private final boolean ownLoop;
    /** On the socket's loop. */
    private final MessageAssembler pieces = new MessageAssembler();
    /** On the socket's loop. */
    private boolean binary;

    private boolean paused;
    private boolean closed;

    WebSocketTransport(EngineSession session, ServerWebSocket webSocket, Socket socket, ContextInternal context) {
        this.session = session;
        this.webSocket = webSocket;
        this.socket = socket;
        this.context = context;
        this.ownLoop = session.loop().isThatOf(context);
    }

    /** On the socket's loop. */
    void open() {
        // Connections break all day: nobody's error.
        webSocket.exceptionHandler(failure -> {});
        webSocket.closeHandler(gone -> session.loop().run(this::gone));
        webSocket.drainHandler(room -> session.loop().run(() -> session.writable(this)));
        webSocket.frameHandler(this::heard);
        socket.guard().onBroken(() -> {
            cutIn(BROKEN_SECONDS);
            session.loop().run(this::gone);
        });
    }

    /** On the socket's loop. */
    private void heard(WebSocketFrame frame) {
        switch (frame.type()) {
            case TEXT -> {
                binary = false;
                piece(frame);
            }
            case BINARY -> {
                binary = true;
                piece(frame);
            }
            case CONTINUATION -> piece(frame);
            case PING, PONG, CLOSE -> {}
        }
    }

    private void piece(WebSocketFrame frame) {
        int size = pieces.add(frame.binaryData().getBytes());
        if (size > session.options().maxPayload()) {
            byte[] unused = pieces.endBinary();
            session.loop().run(() -> {
                end(TOO_LARGE);
                session.gone(this);
            });
        } else if (frame.isFinal()) {
            heardMessage(size);
        }
    }

    private void heardMessage(int size) {
        try {
            EnginePacket packet =
                    binary ? new EnginePacket.Binary(pieces.endBinary()) : EnginePacket.decode(pieces.end());
            if (ownLoop) {
                session.heard(this, packet, size);
            } else {
                // One at a time: what another loop still has to do stays bounded.
                webSocket.pause();
                session.loop().run(() -> {
                    session.heard(this, packet, size);
                    if (!paused) {
                        webSocket.resume();
                    }
                });
            }
        } catch (MalformedPacket | CharacterCodingException malformed) {
            session.loop().run(() -> session.malformed(this));
        }
    }

    private void gone() {
        if (!closed) {
            closed = true;
            socket.discard();
            session.gone(this);
        }
    }

    @Override
    public void send(byte[] packet) {
        if (!closed) {
            socket.add(packet);
        }
    }

    @Override
    public void sendBinary(byte[] message) {
        if (!closed) {
            socket.addBinary(message);
        }
    }

    @Override
    public void send(PacketBatch batch) {
        if (!closed) {
            socket.add(batch.framed(socket));
        }
    }

    @Override
    public void flush() {
        if (!closed) {
            socket.flush();
        }
    }

    @Override
    public boolean isFull() {
        return socket.isFull();
    }

    @Override
    public boolean isClogged() {
        return socket.isFull();
    }

    @Override
    public void pause() {
        paused = true;
        webSocket.pause();
    }

    @Override
    public void resume() {
        paused = false;
        webSocket.resume();
    }

    @Override
    public void close(boolean gracefully) {
        end(NORMAL);
    }

    private void end(short code) {
        if (closed) {
            return;
        }
        socket.flush();
        closed = true;
        socket.discard();
        context.emit(now -> {
            socket.guard().shut();
            // It may have been paused: its own close frame is to be heard.
            webSocket.resume();
            Future<Void> unused = webSocket.close(code);
            cutIn(CLOSING_SECONDS);
        });
    }

    /** A client that takes nothing does not take a close frame either. */
    private void cutIn(long seconds) {
        socket.later(socket::cut, TimeUnit.SECONDS.toNanos(seconds));
    }
}
