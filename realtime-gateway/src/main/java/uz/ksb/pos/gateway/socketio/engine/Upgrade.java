package uz.ksb.pos.gateway.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledFuture;
import uz.ksb.pos.gateway.socketio.loop.SessionLoop;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;

/** The change of one session from polling to a WebSocket. On the session's event loop. */
final class Upgrade {
    private static final byte[] PROBE_ANSWER = "3probe".getBytes(StandardCharsets.US_ASCII);
    private static final EnginePacket PROBE = new EnginePacket.Text(EnginePacket.Type.PING, "probe");
    private static final EnginePacket DONE = new EnginePacket.Text(EnginePacket.Type.UPGRADE, "");

    private final SessionLoop loop;
    private final long timeoutNanos;
    private WebSocketTransport candidate;
    private boolean probed;
    private ScheduledFuture<?> deadline;

    Upgrade(SessionLoop loop, long timeoutNanos) {
        this.loop = loop;
        this.timeoutNanos = timeoutNanos;
    }

    /** How it goes on. */
    enum Step {
        /** The client is told to leave polling. */
        PROBED,
        DONE,
        /** The WebSocket is closed, polling stays. */
        GIVEN_UP
    }

    /** @return false: there is another one */
    boolean begin(WebSocketTransport webSocket) {
        if (candidate != null) {
            return false;
        }
        candidate = webSocket;
        deadline = loop.after(timeoutNanos, this::giveUp);
        return true;
    }

    boolean isBy(Transport transport) {
        return transport.equals(candidate);
    }

    /** Whether polls are to be answered at once. */
    boolean isProbed() {
        return probed;
    }

    Step heard(EnginePacket packet) {
        if (packet.equals(PROBE)) {
            candidate.send(PROBE_ANSWER);
            candidate.flush();
            probed = true;
            return Step.PROBED;
        }
        if (probed && packet.equals(DONE)) {
            end();
            return Step.DONE;
        }
        giveUp();
        return Step.GIVEN_UP;
    }

    void giveUp() {
        if (candidate != null) {
            WebSocketTransport left = candidate;
            end();
            left.close(false);
        }
    }

    /** The WebSocket is gone, or is the session's transport now. */
    void end() {
        candidate = null;
        probed = false;
        boolean unused = deadline.cancel(false);
    }
}
