package uz.ksb.pos.gateway.socketio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import uz.ksb.pos.gateway.socketio.engine.EngineListener;
import uz.ksb.pos.gateway.socketio.engine.EngineSession;
import uz.ksb.pos.gateway.socketio.engine.PacketBatch;
import uz.ksb.pos.gateway.socketio.packet.MalformedPacket;
import uz.ksb.pos.gateway.socketio.packet.SocketPacket;
import uz.ksb.pos.gateway.socketio.packet.SocketPacketReader;

/** One client with all its namespaces. On the session's event loop. */
public final class SocketSession implements EngineListener {
    private static final String UNKNOWN_NAMESPACE = "Invalid namespace";

    private final EngineSession engine;
    private final long connectTimeoutNanos;
    private final SocketPacketReader reader;
    private final Map<String, NamespaceSocket> sockets = new HashMap<>();
    private Visitor visitor;
    private ScheduledFuture<?> deadline;

    SocketSession(EngineSession engine, long connectTimeoutNanos) {
        this.engine = engine;
        this.connectTimeoutNanos = connectTimeoutNanos;
        this.reader = new SocketPacketReader(engine.options().maxPayload());
    }

    void open(Visitor user) {
        visitor = user;
        limitTime();
    }

    /** The session below: its event loop, its timers, its end. */
    public EngineSession engine() {
        return engine;
    }

    private void limitTime() {
        deadline = engine.loop().after(connectTimeoutNanos, () -> {
            if (sockets.isEmpty()) {
                engine.abort();
            } else {
                // The application is still looking at the client.
                limitTime();
            }
        });
    }

    void accepted() {
        boolean unused = deadline.cancel(false);
    }

    void left(String namespace) {
        NamespaceSocket socket = sockets.remove(namespace);
        if (socket != null && socket.isAccepted() && sockets.isEmpty()) {
            limitTime();
        }
    }

    void send(byte[] packet) {
        engine.send(packet);
    }

    void sendBinary(byte[] attachment) {
        engine.sendBinary(attachment);
    }

    void send(PacketBatch batch) {
        engine.send(batch);
    }

    void flush() {
        engine.flush();
    }

    boolean isFull() {
        return engine.isFull();
    }

    @Override
    public boolean admits(int bytes) {
        return visitor.admits(bytes);
    }

    @Override
    public void text(String message) {
        try {
            take(reader.text(message));
        } catch (MalformedPacket malformed) {
            engine.abort();
        }
    }

    @Override
    public void binary(byte[] message) {
        try {
            take(reader.binary(message));
        } catch (MalformedPacket malformed) {
            engine.abort();
        }
    }

    private void take(Optional<SocketPacket> packet) throws MalformedPacket {
        if (packet.isPresent()) {
            take(packet.get());
        }
    }

    private void take(SocketPacket packet) throws MalformedPacket {
        switch (packet) {
            case SocketPacket.Connect connect -> connect(connect);
            case SocketPacket.Disconnect leaving -> {
                NamespaceSocket socket = socket(leaving);
                left(leaving.namespace());
                socket.leave();
            }
            case SocketPacket.Event event -> socket(event).event(event);
            case SocketPacket.Ack ack -> socket(ack).acknowledged(ack);
        }
    }

    /** @throws MalformedPacket when the client is not in the packet's namespace */
    private NamespaceSocket socket(SocketPacket packet) throws MalformedPacket {
        NamespaceSocket socket = sockets.get(packet.namespace());
        if (socket == null || !socket.isAccepted()) {
            throw new MalformedPacket("a packet of a namespace that the client is not in");
        }
        return socket;
    }

    private void connect(SocketPacket.Connect connect) throws MalformedPacket {
        if (sockets.containsKey(connect.namespace())) {
            throw new MalformedPacket("a connect to a namespace that the client is in");
        }
        NamespaceSocket socket = new NamespaceSocket(this, connect.namespace());
        Optional<Visitor.Namespace> namespace = visitor.namespace(connect.namespace());
        if (namespace.isEmpty()) {
            socket.refuse(UNKNOWN_NAMESPACE);
        } else {
            sockets.put(connect.namespace(), socket);
            namespace.get().connect(socket, connect.auth());
        }
    }

    @Override
    public void writable() {
        if (sockets.size() == 1) {
            sockets.values().iterator().next().writable();
        } else {
            List.copyOf(sockets.values()).forEach(NamespaceSocket::writable);
        }
    }

    @Override
    public void closed() {
        boolean unused = deadline.cancel(false);
        List<NamespaceSocket> all = List.copyOf(sockets.values());
        sockets.clear();
        all.forEach(NamespaceSocket::leave);
        visitor.closed();
    }
}
