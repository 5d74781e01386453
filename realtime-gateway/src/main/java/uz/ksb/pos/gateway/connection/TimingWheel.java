package uz.ksb.pos.gateway.connection;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** All deadlines of this node on one timer: accurate to a tick, constant cost for each. Any thread. */
final class TimingWheel {
    static final long TICK_MILLIS = 100;
    private static final int SLOTS = 512;

    private final List<List<Deadline>> slots = new ArrayList<>();
    private final Vertx vertx;
    private long timer;
    private long now;

    TimingWheel(Vertx vertx) {
        this.vertx = vertx;
        for (int slot = 0; slot < SLOTS; slot++) {
            slots.add(new ArrayList<>());
        }
    }

    private record Deadline(long tick, Runnable action) {}

    void start() {
        timer = vertx.setPeriodic(TICK_MILLIS, id -> turn());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** Runs {@code action}, which must be short, on the wheel's thread in {@code millis}, a tick later at most. */
    synchronized void after(long millis, Runnable action) {
        long tick = now + 1 + Math.max(0, millis) / TICK_MILLIS;
        slots.get((int) (tick % SLOTS)).add(new Deadline(tick, action));
    }

    private void turn() {
        due().forEach(Runnable::run);
    }

    private synchronized List<Runnable> due() {
        now++;
        List<Deadline> slot = slots.get((int) (now % SLOTS));
        List<Runnable> due = new ArrayList<>();
        slot.removeIf(deadline -> {
            if (deadline.tick() <= now) {
                due.add(deadline.action());
                return true;
            }
            return false;
        });
        return due;
    }
}
