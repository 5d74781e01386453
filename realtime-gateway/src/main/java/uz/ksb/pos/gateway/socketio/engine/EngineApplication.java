package uz.ksb.pos.gateway.socketio.engine;

import java.util.Optional;

/** The user of a server: has a listener for each session. */
public interface EngineApplication {
    /**
     * A client wants a session. On the session's event loop.
     *
     * @param address of the client
     * @return empty: not now, it is told to come again
     */
    Optional<EngineListener> open(EngineSession session, String address);
}
