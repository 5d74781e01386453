package uz.ksb.pos.gateway.log;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.Rings;

/**
 * Whether this node has read all that Kafka has, by asking where the log ends and noting when that was reached. A quiet log
 * is fresh; one that nobody answers for, or that the reader does not come after, is not.
 */
public final class LagMonitor {
    /** Later than any reading takes, early enough for a client to show it within 30 s. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final long ASK_EVERY_NANOS = 2_000_000_000L;

    private final LogBounds bounds;
    private final Rings rings;
    private volatile State state;
    private long nextQuestion = System.nanoTime();

    public LagMonitor(LogBounds bounds, Rings rings) {
        this.bounds = bounds;
        this.rings = rings;
    }

    /** @param freshAt for each partition, when all that was read later already stood in the log */
    private record State(AtomicLongArray freshAt, boolean[] asked, Wanted[] wanted, boolean[] told) {}

    /** The end of the log at {@code askedAt}: a node that has read it was up to date at that time. */
    private record Wanted(long askedAt, Position end) {}

    /** The reader has just read everything. */
    void begin() {
        int partitions = rings.partitions();
        AtomicLongArray freshAt = new AtomicLongArray(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            freshAt.set(partition, System.nanoTime());
        }
        state = new State(freshAt, new boolean[partitions], new Wanted[partitions], new boolean[partitions]);
    }

    /** The time that the rings of {@code partition} have been behind; empty: they are not. Any thread. */
    public Optional<Duration> behind(int partition) {
        State now = state;
        if (now == null) {
            return Optional.empty();
        }
        Duration since = Duration.ofNanos(System.nanoTime() - now.freshAt().get(partition));
        return since.compareTo(LIMIT) > 0 ? Optional.of(since) : Optional.empty();
    }

    /** Seconds that the partition which is furthest behind has been so; about two at most while all is well. Any thread. */
    public double secondsBehind() {
        State now = state;
        if (now == null) {
            return 0;
        }
        long oldest = IntStream.range(0, now.freshAt().length())
                .mapToLong(now.freshAt()::get)
                .min()
                .orElseGet(System::nanoTime);
        return Duration.ofNanos(System.nanoTime() - oldest).toMillis() / 1000.0;
    }

    /** On the reader's thread, after each turn. {@code changed} is told of partitions that fell behind or came back. */
    void look(IntConsumer changed) {
        State now = state;
        boolean due = System.nanoTime() - nextQuestion >= 0;
        if (due) {
            nextQuestion = System.nanoTime() + ASK_EVERY_NANOS;
        }
        for (int partition = 0; partition < now.wanted().length; partition++) {
            look(now, partition, due);
            boolean behind = behind(partition).isPresent();
            if (behind != now.told()[partition]) {
                now.told()[partition] = behind;
                changed.accept(partition);
            }
        }
    }

    private void look(State now, int partition, boolean due) {
        synchronized (now) {
            Wanted wanted = now.wanted()[partition];
            if (wanted != null && rings.head(partition).reaches(wanted.end())) {
                now.freshAt().set(partition, wanted.askedAt());
                now.wanted()[partition] = null;
            }
            if (due && !now.asked()[partition] && now.wanted()[partition] == null) {
                now.asked()[partition] = true;
                ask(now, partition);
            }
        }
    }

    private void ask(State now, int partition) {
        long askedAt = System.nanoTime();
        CompletionStage<Void> unusedAnswer = bounds.of(partition).handle((answer, failure) -> {
            synchronized (now) {
                now.asked()[partition] = false;
                now.wanted()[partition] = failure == null ? new Wanted(askedAt, answer.end()) : null;
            }
            return null;
        });
    }
}
