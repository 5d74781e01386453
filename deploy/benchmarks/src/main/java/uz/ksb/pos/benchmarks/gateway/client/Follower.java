package uz.ksb.pos.benchmarks.gateway.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.event.History;

/**
 * A client that follows the events of one enterprise through breaks and moves, resuming on the other of two nodes, and keeps
 * what it heard. On a virtual thread of its own.
 */
public final class Follower implements Runnable {
    private static final Pattern POSITION = Pattern.compile("\"position\":\"([^\"]+)\"");
    private static final Pattern WITHIN = Pattern.compile("\"within\":(\\d+)");
    private static final int MIN_PAUSE_MILLIS = 100;
    private static final int MAX_PAUSE_MILLIS = 500;

    private final List<Integer> ports;
    private final String auth;
    private final ScheduledExecutorService moves;
    private final History history = new History();
    private int node;
    private String position;
    private volatile boolean connected;
    private volatile boolean stopped;
    private volatile int notRecovered;
    private volatile long longestBreakNanos;
    private volatile Wire wire;

    /**
     * @param ports of the nodes; the first is where it begins
     * @param auth its first message
     * @param moves for leaving a node at a moment of its own choice
     */
    public Follower(List<Integer> ports, String auth, ScheduledExecutorService moves) {
        this.ports = ports;
        this.auth = auth;
        this.moves = moves;
    }

    public boolean isConnected() {
        return connected;
    }

    public History history() {
        return history;
    }

    /** How often it was told to reload. */
    public int notRecovered() {
        return notRecovered;
    }

    public long longestBreakMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestBreakNanos);
    }

    public void forgetBreaks() {
        longestBreakNanos = 0;
    }

    public void stop() {
        stopped = true;
        Wire now = wire;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public void run() {
        long lostAt = System.nanoTime();
        while (!stopped) {
            try (Wire mine = Wire.open(ports.get(node), "/ws", 0)) {
                wire = mine;
                mine.hurry();
                mine.say(auth);
                mine.say("{\"op\":\"subscribe\",\"channels\":[\"customers\"]"
                        + (position == null ? "" : ",\"since\":\"" + position + "\"") + "}");
                while (!stopped) {
                    hear(mine, mine.next(), lostAt);
                }
            } catch (IOException ended) {
                // Another node may be there.
            }
            if (connected) {
                connected = false;
                lostAt = System.nanoTime();
            }
            node = (node + 1) % ports.size();
            pause();
        }
    }

    private void hear(Wire mine, byte[] message, long lostAt) {
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.startsWith("{\"op\":\"event\"")) {
            history.hear(Events.number(ByteBuffer.wrap(message), message.length));
            position = found(POSITION, text);
        } else if (text.startsWith("{\"op\":\"subscribed\"")) {
            joined(text, lostAt);
        } else if (text.startsWith("{\"op\":\"move\"")) {
            long within = TimeUnit.SECONDS.toMillis(Long.parseLong(found(WITHIN, text)));
            ScheduledFuture<?> unused =
                    moves.schedule(mine::close, ThreadLocalRandom.current().nextLong(within), TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread follows
    private void joined(String subscribed, long lostAt) {
        if (position != null) {
            longestBreakNanos = Math.max(longestBreakNanos, System.nanoTime() - lostAt);
            if (subscribed.contains("\"recovered\":false")) {
                notRecovered++;
            }
        }
        position = found(POSITION, subscribed);
        connected = true;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
