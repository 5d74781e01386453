package uz.ksb.pos.gateway.snapshot;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.token.VerifiedToken;

/**
 * Lets each enterprise read a few snapshots at a time. The others wait in their own enterprise's queue, so that one that
 * subscribes to thousands of channels does not take the connections to the owners from another. Any thread.
 */
public final class FairSnapshots implements Snapshots {
    static final int MAX_AT_ONCE = 4;
    /** Ten clients that ask for all the channels they may have. */
    static final int MAX_WAITING = 1_000;

    private final Snapshots owners;
    private final Map<String, Readings> enterprises = new HashMap<>();

    public FairSnapshots(Snapshots owners) {
        this.owners = owners;
    }

    private static final class Readings {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    @Override
    public CompletionStage<Snapshot> fetch(Channel channel, VerifiedToken verified) {
        String ksbId = verified.caller().ksbId();
        CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        switch (admit(ksbId, () -> read(ksbId, channel, verified, answer))) {
            case NOW -> read(ksbId, channel, verified, answer);
            case LATER -> {}
            case NEVER -> answer.complete(new Snapshot.Unavailable());
        }
        return answer;
    }

    private enum Turn {
        NOW,
        LATER,
        NEVER
    }

    private synchronized Turn admit(String ksbId, Runnable reading) {
        Readings readings = enterprises.computeIfAbsent(ksbId, first -> new Readings());
        if (readings.running < MAX_AT_ONCE) {
            readings.running++;
            return Turn.NOW;
        }
        if (readings.waiting.size() == MAX_WAITING) {
            return Turn.NEVER;
        }
        readings.waiting.add(reading);
        return Turn.LATER;
    }

    private void read(String ksbId, Channel channel, VerifiedToken verified, CompletableFuture<Snapshot> answer) {
        CompletionStage<Void> unused = owners.fetch(channel, verified).handle((snapshot, failure) -> {
            Runnable next = next(ksbId);
            answer.complete(failure == null ? snapshot : new Snapshot.Unavailable());
            if (next != null) {
                next.run();
            }
            return null;
        });
    }

    /** The place of the reading that ended goes to {@code next}, if somebody waits. */
    private synchronized Runnable next(String ksbId) {
        Readings readings = enterprises.get(ksbId);
        Runnable next = readings.waiting.poll();
        if (next == null && --readings.running == 0) {
            enterprises.remove(ksbId);
        }
        return next;
    }
}
