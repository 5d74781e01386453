package uz.ksb.pos.gateway.hub;

import java.util.concurrent.Executor;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.EventForm;

/** The way to one client. Used on its event loop only. */
public interface ClientSink {
    /** The form in which this client gets events. */
    default EventForm form() {
        return EventForm.POS_V1;
    }

    /** Adds a message that is no event to what {@link #flush} writes. */
    void send(ServerMessage message);

    /** Adds a message of an event, in this client's form. The bytes are shared: not to be changed. */
    void send(byte[] event);

    /** Adds a batch of events. */
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
