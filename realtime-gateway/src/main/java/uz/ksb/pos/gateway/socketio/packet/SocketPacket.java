package uz.ksb.pos.gateway.socketio.packet;

import java.util.List;
import java.util.OptionalLong;

/** A packet of Socket.IO 5 as a client sends it. JSON stays text: nothing of it is lost on its way through. */
public sealed interface SocketPacket {
    /** The namespace, with its slash: {@code /} or {@code /custom}. */
    String namespace();

    /** @param auth a JSON object, {@code {}} when the client gave none */
    record Connect(String namespace, String auth) implements SocketPacket {}

    record Disconnect(String namespace) implements SocketPacket {}

    /**
     * @param id the number of the acknowledgement that the client waits for; empty: it waits for none
     * @param name of the event
     * @param arguments each as JSON; a placeholder stands for each attachment
     */
    record Event(String namespace, OptionalLong id, String name, List<String> arguments, List<byte[]> attachments)
            implements SocketPacket {}

    /** The answer to an event of the server. */
    record Ack(String namespace, long id, List<String> arguments, List<byte[]> attachments) implements SocketPacket {}
}
