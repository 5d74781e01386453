package uz.ksb.pos.gateway.socketio;

import java.util.List;
import uz.ksb.pos.gateway.socketio.packet.SocketPacket;

/** An event of a client. */
public final class ClientEvent {
    private final SocketPacket.Event packet;
    private final NamespaceSocket socket;
    private boolean acknowledged;

    ClientEvent(SocketPacket.Event packet, NamespaceSocket socket) {
        this.packet = packet;
        this.socket = socket;
    }

    public String name() {
        return packet.name();
    }

    /** Each as JSON; {@code {"_placeholder":true,"num":n}} stands for an attachment. */
    public List<String> arguments() {
        return packet.arguments();
    }

    public List<byte[]> attachments() {
        return packet.attachments();
    }

    public boolean wantsAcknowledgement() {
        return packet.id().isPresent() && !acknowledged;
    }

    /** Answers, if the client waits for an answer and has none yet. Not flushed. */
    public void acknowledge(List<String> arguments, List<byte[]> attachments) {
        if (wantsAcknowledgement()) {
            acknowledged = true;
            socket.acknowledge(packet.id().getAsLong(), arguments, attachments);
        }
    }
}
