package uz.ksb.pos.gateway.tillsocket;

import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.hub.ClientSink;
import uz.ksb.pos.gateway.hub.FrameBatch;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.EventForm;
import uz.ksb.pos.gateway.socketio.NamespaceSocket;
import uz.ksb.pos.gateway.socketio.engine.PacketBatch;
import uz.ksb.pos.gateway.socketio.loop.SessionLoop;

/** The hub's way to one client: its messages become events of Socket.IO. On its event loop. */
final class TillSink implements ClientSink {
    private final NamespaceSocket socket;
    private final TillEvents form;
    private final Loop loop;
    private final Client client;

    /** The client's side of what it is told. */
    interface Client {
        /** The place of a client that has had all that was sent. */
        Optional<Position> place();

        /** @return false: nothing is to be emitted for it now */
        boolean heard(ServerMessage message);

        void end(CloseReason reason);
    }

    TillSink(NamespaceSocket socket, TillEvents form, Client client) {
        SessionLoop session = socket.session().engine().loop();
        EventLoop eventLoop = session.netty();
        this.socket = socket;
        this.form = form;
        this.client = client;
        // The hub may keep this for longer than the session lasts.
        this.loop = new Loop(eventLoop, session.executor(), (action, nanos) -> {
            ScheduledFuture<?> unused = eventLoop.schedule(action, nanos, TimeUnit.NANOSECONDS);
        });
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public EventForm form() {
        return form;
    }

    @Override
    public void send(ServerMessage message) {
        if (client.heard(message)) {
            emit(message);
        }
    }

    void emit(ServerMessage message) {
        switch (message) {
            case ServerMessage.Subscribed subscribed -> emit("subscribed", json(subscribed));
            case ServerMessage.Snapshot snapshot ->
                emit(
                        "snapshot",
                        "{\"channel\":\"" + snapshot.channel().name() + "\",\"data\":"
                                + new String(snapshot.data(), StandardCharsets.UTF_8) + "}");
            case ServerMessage.Problem problem -> emit("problem", json(problem));
            case ServerMessage.Pong pong ->
                emit("freshness", "{\"behind\":" + pong.behind().orElse(0L) + "}");
            case ServerMessage.Expiring expiring -> emit("expiring", "{\"in\":" + expiring.seconds() + "}");
            case ServerMessage.Welcome welcome -> {}
            case ServerMessage.Move move -> {}
        }
    }

    /** The libraries take any text at the end of an event for its position: there is that, or null. */
    private void emit(String name, String data) {
        String place =
                client.place().map(position -> '"' + position.toString() + '"').orElse("null");
        socket.emit(name, List.of(data, place), List.of());
    }

    static String json(ServerMessage.Subscribed subscribed) {
        return "{\"channels\":" + subscribed.names() + ",\"recovered\":" + subscribed.recovered() + ",\"position\":\""
                + subscribed.position() + "\"}";
    }

    static String json(ServerMessage.Problem problem) {
        return "{" + problem.members() + "}";
    }

    @Override
    public void send(byte[] event) {
        socket.send(event);
    }

    @Override
    public void send(FrameBatch batch) {
        Batched batched =
                (Batched) batch.wire(shared -> new Batched(new PacketBatch(shared.messages(), shared.bytes())));
        socket.send(batched.packets());
    }

    private record Batched(PacketBatch packets) implements FrameBatch.Wire {
        @Override
        public void release() {
            packets.release();
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
        client.end(reason);
    }
}
