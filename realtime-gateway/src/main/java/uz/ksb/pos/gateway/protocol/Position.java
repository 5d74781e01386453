package uz.ksb.pos.gateway.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far into the log a client is: an epoch (which cluster, how many partitions) and, for each topic of the enterprise's
 * partition, the offset of the next event it has not had. Opaque to clients; it grants nothing, since the enterprise comes
 * from the token.
 */
public final class Position {
    private static final int RADIX = 36;
    private static final int MAX_TEXT = 200;

    private final long epoch;
    private final long[] next;

    private Position(long epoch, long[] next) {
        this.epoch = epoch;
        this.next = next;
    }

    public static Position of(long epoch, Map<LiveTopic, Long> next) {
        long[] offsets = new long[LiveTopic.COUNT];
        next.forEach((topic, offset) -> offsets[topic.ordinal()] = offset);
        return new Position(epoch, offsets);
    }

    /** Empty when {@code text} is none of ours. */
    public static Optional<Position> read(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != LiveTopic.COUNT + 1) {
            return Optional.empty();
        }
        try {
            long[] next = new long[LiveTopic.COUNT];
            for (int topic = 0; topic < next.length; topic++) {
                next[topic] = Long.parseLong(parts[topic + 1], RADIX);
            }
            boolean possible = Arrays.stream(next).allMatch(offset -> offset >= 0);
            return possible
                    ? Optional.of(new Position(Long.parseUnsignedLong(parts[0], RADIX), next))
                    : Optional.empty();
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    public long epoch() {
        return epoch;
    }

    public long next(LiveTopic topic) {
        return next[topic.ordinal()];
    }

    /** Whether whoever is here has had the event at {@code offset} of {@code topic}. */
    public boolean covers(LiveTopic topic, long offset) {
        return offset < next[topic.ordinal()];
    }

    /** Whether whoever is here has had all that {@code other} has. */
    public boolean reaches(Position other) {
        for (int topic = 0; topic < next.length; topic++) {
            if (next[topic] < other.next[topic]) {
                return false;
            }
        }
        return true;
    }

    /** This position after the event at {@code offset} of {@code topic}. */
    public Position after(LiveTopic topic, long offset) {
        long[] moved = next.clone();
        moved[topic.ordinal()] = Math.max(moved[topic.ordinal()], offset + 1);
        return new Position(epoch, moved);
    }

    /** Of one who has had all of both. */
    public Position with(Position other) {
        long[] most = next.clone();
        for (int topic = 0; topic < most.length; topic++) {
            most[topic] = Math.max(most[topic], other.next[topic]);
        }
        return new Position(epoch, most);
    }

    /** This position, but in {@code topics} where {@code other} is. */
    public Position taking(Set<LiveTopic> topics, Position other) {
        long[] taken = next.clone();
        topics.forEach(topic -> taken[topic.ordinal()] = other.next(topic));
        return new Position(epoch, taken);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position && epoch == position.epoch && Arrays.equals(next, position.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next) + Long.hashCode(epoch);
    }

    /** As in the protocol. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64).append(Long.toUnsignedString(epoch, RADIX));
        for (long offset : next) {
            text.append('.').append(Long.toString(offset, RADIX));
        }
        return text.toString();
    }
}
