package uz.ksb.pos.gateway.socketio.engine;

import java.util.List;
import uz.ksb.pos.gateway.socketio.http.Exchange;
import uz.ksb.pos.gateway.socketio.http.Refusal;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;

/** The requests of one client that polls, as they come. On the session's event loop. */
final class PollRequests {
    private final EngineSession session;
    private final PollingTransport polling;

    PollRequests(EngineSession session, PollingTransport polling) {
        this.session = session;
        this.polling = polling;
    }

    void poll(Exchange exchange) {
        session.endIfOver();
        if (isLate()) {
            refuseLate(exchange);
        } else if (!polling.poll(exchange)) {
            session.abort();
        } else if (!session.isClosed()) {
            exchange.onGone(() -> session.loop().run(() -> gone(exchange)));
            session.polled();
        }
    }

    private void gone(Exchange exchange) {
        if (polling.isPending(exchange)) {
            session.abort();
        }
    }

    /** @param packets null when they are malformed */
    void post(Exchange exchange, List<EnginePacket> packets, int bytes) {
        session.endIfOver();
        if (isLate()) {
            refuseLate(exchange);
        } else if (packets == null || polling.isPosting()) {
            exchange.refuse(Refusal.BAD_REQUEST);
            session.abort();
        } else {
            session.posted(polling, packets, bytes);
            polling.posted(exchange);
        }
    }

    /** A request that breaks the rules, or breaks off. */
    void refuse(Exchange exchange, Refusal refusal) {
        exchange.refuse(refusal);
        if (session.isPolling()) {
            session.abort();
        }
    }

    private boolean isLate() {
        return !session.isPolling() || polling.isGone();
    }

    private void refuseLate(Exchange exchange) {
        exchange.refuse(session.isPolling() ? Refusal.UNKNOWN_SESSION : Refusal.BAD_REQUEST);
    }
}
