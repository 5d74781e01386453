package uz.ksb.pos.platform.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One body that is larger than usual at a time, from its first byte to the end of its answer: whatever comes at once, the heap
 * must hold one. The others wait unread, which costs nothing, and whoever stalls when it is its turn is cut off.
 */
final class LargerBodies {
    private final Duration within;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private Turn present;

    /** @param within the time that a body may take to arrive when it is its turn */
    LargerBodies(Duration within) {
        this.within = within;
    }

    /** Called on the event loop of the exchange, which goes on there. */
    void enter(RoutingContext exchange) {
        exchange.request().pause();
        Turn turn = new Turn(exchange, Vertx.currentContext());
        exchange.addEndHandler(ended -> leave(turn));
        synchronized (this) {
            if (present != null) {
                waiting.add(turn);
                return;
            }
            present = turn;
        }
        turn.begin();
    }

    private void leave(Turn turn) {
        Turn next;
        synchronized (this) {
            if (present != turn) {
                waiting.remove(turn);
                return;
            }
            next = waiting.poll();
            present = next;
        }
        if (next != null) {
            next.context.runOnContext(free -> next.begin());
        }
    }

    private final class Turn {
        private final RoutingContext exchange;
        private final Context context;

        Turn(RoutingContext exchange, Context context) {
            this.exchange = exchange;
            this.context = context;
        }

        void begin() {
            long timer = exchange.vertx().setTimer(within.toMillis(), late -> cutOff());
            exchange.addEndHandler(ended -> exchange.vertx().cancelTimer(timer));
            exchange.next();
        }

        private void cutOff() {
            HttpServerRequest request = exchange.request();
            if (request.isEnded()) {
                return;
            }
            if (request.version() == HttpVersion.HTTP_2) {
                exchange.response().reset();
            } else {
                request.connection().close();
            }
        }
    }
}
