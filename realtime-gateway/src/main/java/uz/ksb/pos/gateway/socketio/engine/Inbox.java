package uz.ksb.pos.gateway.socketio.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;

/** The messages of one client: told at once, or held back while the session's user hears nothing. On its event loop. */
final class Inbox {
    private static final int MAX_MESSAGES = 64;

    private final Deque<EnginePacket> held = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private boolean paused;

    /** @param maxBytes that are held back before the client has to wait */
    Inbox(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void pause() {
        paused = true;
    }

    /** Tells those that are held, until it is paused again. */
    void resume(EngineListener listener) {
        paused = false;
        while (!paused && !held.isEmpty()) {
            EnginePacket next = held.poll();
            bytes -= size(next);
            tell(next, listener);
        }
    }

    boolean isPaused() {
        return paused;
    }

    void take(EnginePacket message, EngineListener listener) {
        if (paused) {
            held.add(message);
            bytes += size(message);
        } else {
            tell(message, listener);
        }
    }

    private static void tell(EnginePacket message, EngineListener listener) {
        switch (message) {
            case EnginePacket.Binary binary -> listener.binary(binary.data());
            case EnginePacket.Text text -> listener.text(text.data());
        }
    }

    /** Whether the client is to wait with others. */
    boolean isFull() {
        return held.size() >= MAX_MESSAGES || bytes > maxBytes;
    }

    void clear() {
        held.clear();
        bytes = 0;
    }

    private static int size(EnginePacket message) {
        return switch (message) {
            case EnginePacket.Text text -> text.data().length();
            case EnginePacket.Binary binary -> binary.data().length;
        };
    }
}
