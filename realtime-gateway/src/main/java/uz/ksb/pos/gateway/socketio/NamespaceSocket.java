package uz.ksb.pos.gateway.socketio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uz.ksb.pos.gateway.socketio.engine.PacketBatch;
import uz.ksb.pos.gateway.socketio.packet.ServerPacket;
import uz.ksb.pos.gateway.socketio.packet.SocketPacket;

/** One client in one namespace. On the session's event loop. Messages go out with {@link #flush()}. */
public final class NamespaceSocket {
    private static final int MAX_AWAITED = 100;

    private final SocketSession session;
    private final String namespace;
    private final Map<Long, Consumer<List<String>>> awaited = new HashMap<>();
    private SocketListener listener;
    private long nextId;
    private boolean left;

    NamespaceSocket(SocketSession session, String namespace) {
        this.session = session;
        this.namespace = namespace;
    }

    /** The session, with which all its namespaces end. */
    public SocketSession session() {
        return session;
    }

    /**
     * Lets the client in.
     *
     * @param payload a JSON object, with the client's {@code sid}
     */
    public void accept(SocketListener user, String payload) {
        if (!left) {
            listener = user;
            session.accepted();
            session.send(ServerPacket.connect(namespace, payload));
        }
    }

    /** Does not let the client in, who is told why. */
    public void refuse(String message) {
        if (!left) {
            left = true;
            session.left(namespace);
            session.send(ServerPacket.connectError(namespace, message));
            session.flush();
        }
    }

    public void emit(String name, List<String> arguments, List<byte[]> attachments) {
        send(ServerPacket.event(namespace, "", name, arguments, attachments.size()), attachments);
    }

    /**
     * Emits an event that the client is to acknowledge.
     *
     * @param answer given the arguments of the acknowledgement, if it comes
     * @throws IllegalStateException when too many answers are awaited
     */
    public void emit(String name, List<String> arguments, Consumer<List<String>> answer) {
        if (awaited.size() >= MAX_AWAITED) {
            throw new IllegalStateException("too many acknowledgements are awaited");
        }
        long id = nextId++;
        awaited.put(id, answer);
        send(ServerPacket.event(namespace, Long.toString(id), name, arguments, 0), List.of());
    }

    /** Sends a ready packet of this namespace, see {@link ServerPacket}. Shared: not to be changed. */
    public void send(byte[] packet) {
        if (!left) {
            session.send(packet);
        }
    }

    /** Ready packets of this namespace. */
    public void send(PacketBatch batch) {
        if (!left) {
            session.send(batch);
        }
    }

    private void send(byte[] packet, List<byte[]> attachments) {
        if (!left) {
            session.send(packet);
            attachments.forEach(session::sendBinary);
        }
    }

    public void flush() {
        session.flush();
    }

    /** Whether the client takes nothing for now. */
    public boolean isFull() {
        return left || session.isFull();
    }

    /** Takes the client out of the namespace: it does not come back by itself. */
    public void disconnect() {
        if (!left) {
            session.send(ServerPacket.disconnect(namespace));
            session.flush();
            session.left(namespace);
            leave();
        }
    }

    void acknowledge(long id, List<String> arguments, List<byte[]> attachments) {
        send(ServerPacket.ack(namespace, id, arguments, attachments.size()), attachments);
    }

    boolean isAccepted() {
        return listener != null;
    }

    void event(SocketPacket.Event packet) {
        listener.event(new ClientEvent(packet, this));
    }

    /** An acknowledgement that nobody awaits, as of a repeated event, does no harm. */
    void acknowledged(SocketPacket.Ack packet) {
        Consumer<List<String>> answer = awaited.remove(packet.id());
        if (answer != null) {
            answer.accept(packet.arguments());
        }
    }

    void writable() {
        if (listener != null && !left) {
            listener.writable();
        }
    }

    /** Also of a client that was not let in yet. */
    void leave() {
        if (!left) {
            left = true;
            awaited.clear();
            if (listener != null) {
                listener.left();
            }
        }
    }
}
