package uz.ksb.pos.till;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A till that follows a channel of its enterprise through breaks and moves: it resumes where it was, at the next of its
 * addresses. On a virtual thread of its own, on which it also calls its screen.
 */
public final class Follower implements AutoCloseable {
    private static final int MIN_PAUSE_MILLIS = 100;
    private static final int MAX_PAUSE_MILLIS = 500;

    private final List<Integer> ports;
    private final Supplier<String> token;
    private final String channel;
    private final Screen screen;
    private final Thread thread;
    private int address;
    private String position;
    private long lostAt = System.nanoTime();
    private volatile Inbox inbox = new Inbox();
    private volatile boolean connected;
    private volatile boolean ended;
    private volatile int reloads;
    private volatile long longestBreakNanos;

    /** A screen that shows the events. It may block, and it may throw: then the till connects again. */
    public interface Screen {
        /** @param frame with {@code type}, {@code data}, {@code id}, {@code position} */
        void event(JsonNode frame);

        /** The till must load everything anew: at its first connection and when it cannot resume. */
        default void load() {}

        /** Any other frame. */
        default void other(JsonNode frame) {}
    }

    /**
     * Begins at once.
     *
     * @param ports of gateways, or of one origin; it begins with the first
     * @param token asked for at each connection
     */
    public Follower(List<Integer> ports, Supplier<String> token, String channel, Screen screen) {
        this.ports = List.copyOf(ports);
        this.token = token;
        this.channel = channel;
        this.screen = screen;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    public boolean isConnected() {
        return connected;
    }

    /** How often it had to load everything anew, not counting its first connection. */
    public int reloads() {
        return reloads;
    }

    /** The longest time without a connection since {@link #forgetBreaks}. */
    public long longestBreakMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestBreakNanos);
    }

    public void forgetBreaks() {
        longestBreakNanos = 0;
    }

    /** Breaks the connection off, as a network does; the till connects again. */
    public void cut() {
        inbox.closed(0);
    }

    private void run() {
        try {
            while (!ended) {
                followOnce();
                if (connected) {
                    connected = false;
                    lostAt = System.nanoTime();
                }
                address = (address + 1) % ports.size();
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
            }
        } catch (InterruptedException closed) {
            // This is the end.
        }
    }

    private void followOnce() throws InterruptedException {
        Inbox heardHere = new Inbox();
        inbox = heardHere;
        try (LiveConnection connection = LiveConnection.open(ports.get(address), token.get(), heardHere)) {
            connection.subscribe(position, channel);
            long leaveAt = Long.MAX_VALUE;
            while (true) {
                Heard heard = heardHere.next(leaveAt);
                if (heard == null || heard.frame() == null) {
                    return;
                }
                if (heard.frame().path("op").asText().equals("move")) {
                    leaveAt = moment(heard.frame().path("within").asLong());
                } else {
                    hear(heard.frame());
                }
            }
        } catch (RuntimeException | AssertionError away) {
            // The next attempt tells whether it is back.
        }
    }

    /** A random one of the next seconds, so that not all tills leave together. */
    private static long moment(long withinSeconds) {
        double share = ThreadLocalRandom.current().nextDouble();
        return System.nanoTime() + (long) (share * TimeUnit.SECONDS.toNanos(withinSeconds));
    }

    private void hear(JsonNode frame) {
        switch (frame.path("op").asText()) {
            case "event" -> {
                screen.event(frame);
                position = frame.path("position").asText();
            }
            case "subscribed" -> joined(frame);
            default -> screen.other(frame);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread follows
    private void joined(JsonNode frame) {
        boolean first = position == null;
        if (first || !frame.path("recovered").asBoolean()) {
            reloads += first ? 0 : 1;
            screen.load();
        }
        if (!first) {
            longestBreakNanos = Math.max(longestBreakNanos, System.nanoTime() - lostAt);
        }
        position = frame.path("position").asText();
        connected = true;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.interrupt();
        thread.join();
    }

    /** @param frame null: the connection has ended */
    private record Heard(JsonNode frame) {}

    private static final class Inbox implements LiveConnection.Listener {
        private final BlockingQueue<Heard> waiting = new LinkedBlockingQueue<>();

        /** Null at {@code end}, which is {@link Long#MAX_VALUE} for never. */
        Heard next(long end) throws InterruptedException {
            return end == Long.MAX_VALUE ? waiting.take() : waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void frame(JsonNode frame) {
            waiting.add(new Heard(frame));
        }

        @Override
        public void closed(int code) {
            waiting.add(new Heard(null));
        }
    }
}
