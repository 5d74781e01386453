package uz.ksb.pos.gateway.socketio.packet;

/** The digits of the packet types of Socket.IO 5. */
final class PacketType {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    private PacketType() {}
}
