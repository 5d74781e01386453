package uz.ksb.pos.benchmarks.gateway.server;

import java.nio.ByteBuffer;
import java.util.List;

/** A server that tells each of its clients every event it is given. */
public interface Target extends AutoCloseable {
    String name();

    int port();

    /** Of the WebSocket, with its query. */
    String path();

    /** The first message of a client; empty: none. */
    List<String> greeting();

    /** Part of the message by which a client knows that it gets all that is published from then on. */
    String welcome();

    /** The end of a message as if one bracket followed its data, which is where {@link Events} looks for the number. */
    default int endOfEvent(ByteBuffer message, int end) {
        return end;
    }

    ProcessHandle process();

    /** Gives it an event, as {@link Events} makes them. */
    void publish(byte[] event);

    @Override
    void close();
}
