package uz.ksb.pos.gateway.socketio.engine;

import java.util.List;
import uz.ksb.pos.gateway.websocket.FramedMessages;
import uz.ksb.pos.gateway.websocket.Socket;

/** Text packets that several sessions of an event loop get: framed once, by the first that has a WebSocket. */
public final class PacketBatch {
    private final List<byte[]> packets;
    private final int bytes;
    private FramedMessages framed;

    /**
     * @param packets ready, see {@code ServerPacket}; not to be changed
     * @param bytes of all of them
     */
    public PacketBatch(List<byte[]> packets, int bytes) {
        this.packets = packets;
        this.bytes = bytes;
    }

    List<byte[]> packets() {
        return packets;
    }

    FramedMessages framed(Socket socket) {
        if (framed == null) {
            framed = socket.framed(packets, bytes);
        }
        return framed;
    }

    /** No other session will be given this batch. */
    public void release() {
        if (framed != null) {
            framed.release();
            framed = null;
        }
    }
}
