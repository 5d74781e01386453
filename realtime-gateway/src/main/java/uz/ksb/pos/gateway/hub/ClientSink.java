package uz.ksb.pos.gateway.hub;

import java.util.concurrent.Executor;
import uz.ksb.pos.gateway.protocol.CloseReason;

/** The way to one client. Used on its event loop only. */
public interface ClientSink {
    /** Adds a message, JSON in UTF-8, to what {@link #flush} writes. The bytes are shared: not to be changed. */
    void send(byte[] json);

    /** Adds a batch of messages. */
    default void send(FrameBatch batch) {
        batch.messages().forEach(this::send);
    }

    /** Writes all that was added as one. */
    void flush();

    /** Whether the client takes no more for now; when it does again, {@link Subscriber#pump()} has to be called. */
    boolean isFull();

    void close(CloseReason reason);

    /** The event loop of this client. */
    Loop loop();

    /**
     * @param key the same for all clients of one event loop
     * @param executor runs on it
     * @param later runs on it after a time
     */
    record Loop(Object key, Executor executor, Later later) {}

    /** Runs an action after a time. */
    interface Later {
        void run(Runnable action, long nanos);
    }
}
