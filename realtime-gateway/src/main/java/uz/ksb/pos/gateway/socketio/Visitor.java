package uz.ksb.pos.gateway.socketio;

import java.util.Optional;

/** The application's side of one session, whatever namespaces it uses. On the session's event loop. */
public interface Visitor {
    /** A packet of so many bytes came. @return false: that is too much, the session ends */
    boolean admits(int bytes);

    /** Empty when there is no namespace of that name, which begins with a slash. */
    Optional<Namespace> namespace(String name);

    /** The session has ended; its namespaces were told before. */
    void closed();

    /** Makes the visitors. */
    interface Reception {
        /** @return empty: not now, the client is told to come again */
        Optional<Visitor> open(SocketSession session, String address);
    }

    /** Someone who may be let in. */
    interface Namespace {
        /**
         * A client asks to be let in: answered by {@link NamespaceSocket#accept} or {@link NamespaceSocket#refuse}, now or
         * later.
         *
         * @param auth a JSON object as the client gave it
         */
        void connect(NamespaceSocket socket, String auth);
    }
}
