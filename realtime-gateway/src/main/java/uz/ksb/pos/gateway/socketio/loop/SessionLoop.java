package uz.ksb.pos.gateway.socketio.loop;

import io.netty.channel.EventLoop;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The event loop of a session. Any thread. */
public final class SessionLoop {
    private final ContextInternal context;

    public SessionLoop(ContextInternal context) {
        this.context = context;
    }

    /** At once when this is the loop's thread. */
    public void run(Runnable action) {
        context.emit(now -> action.run());
    }

    public ScheduledFuture<?> after(long nanos, Runnable action) {
        return netty().schedule(() -> run(action), nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs actions after those that wait, never at once. Keeps nothing of the session. */
    public Executor executor() {
        return action -> context.runOnContext(now -> action.run());
    }

    public EventLoop netty() {
        return context.nettyEventLoop();
    }

    public boolean isThatOf(ContextInternal other) {
        return other.nettyEventLoop().equals(netty());
    }
}
