package uz.ksb.pos.gateway.socketio.engine;

/** The user of a session. Called on the session's event loop. */
public interface EngineListener {
    void text(String message);

    void binary(byte[] message);

    /** A packet of so many bytes came. @return false: that is too much, the session ends */
    boolean admits(int bytes);

    /** The client takes messages again, see {@link EngineSession#isFull()}. */
    void writable();

    /** Nothing is heard or sent any more. */
    void closed();
}
