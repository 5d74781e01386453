package uz.ksb.pos.gateway.socketio;

/** The application's side of one client in one namespace. On the session's event loop. */
public interface SocketListener {
    void event(ClientEvent event);

    /** The client takes messages again, see {@link NamespaceSocket#isFull()}. */
    void writable();

    /** The client has left, or its session has ended. */
    void left();
}
