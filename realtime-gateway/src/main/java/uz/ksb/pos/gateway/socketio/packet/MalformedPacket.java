package uz.ksb.pos.gateway.socketio.packet;

/** A packet that breaks the protocol. The connection is to be closed. */
public final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPacket(String why) {
        super(why, null, false, false);
    }
}
