package uz.ksb.pos.gateway.protocol;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far into the log a client is: an epoch (which topics of which cluster) and, for each topic of the enterprise's
 * partition, the offset of the next event it has not had, with the leader epoch of the event before. Opaque to clients; it
 * grants nothing, since the enterprise comes from the token.
 *
 * <p>Kafka raises a partition's leader epoch whenever its leader starts anew, and only then can a log lose its tail. So an
 * offset that was given out twice is told apart by the leader epoch.
 */
public final class Position {
    /** The leader epoch is not known: such an offset is never taken for a true one. */
    public static final int NO_LEADER = -1;

    private static final int RADIX = 36;
    private static final int MAX_TEXT = 250;
    private static final char LEADER = '_';

    private final long epoch;
    private final long[] next;
    private final int[] leaders;

    private Position(long epoch, long[] next, int[] leaders) {
        this.epoch = epoch;
        this.next = next;
        this.leaders = leaders;
    }

    /** A place in one topic. */
    public record Place(long next, int leader) {}

    public static Position of(long epoch, Map<LiveTopic, Place> places) {
        long[] next = new long[LiveTopic.COUNT];
        int[] leaders = new int[LiveTopic.COUNT];
        Arrays.fill(leaders, NO_LEADER);
        places.forEach((topic, place) -> {
            next[topic.ordinal()] = place.next();
            leaders[topic.ordinal()] = place.leader();
        });
        return new Position(epoch, next, leaders);
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
            Map<LiveTopic, Place> places = new EnumMap<>(LiveTopic.class);
            for (LiveTopic topic : LiveTopic.values()) {
                places.put(topic, place(parts[topic.ordinal() + 1]));
            }
            return Optional.of(of(Long.parseUnsignedLong(parts[0], RADIX), places));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private static Place place(String text) {
        int separator = text.indexOf(LEADER);
        if (separator < 0) {
            return new Place(notNegative(Long.parseLong(text, RADIX)), NO_LEADER);
        }
        return new Place(notNegative(Long.parseLong(text.substring(0, separator), RADIX)), (int)
                notNegative(Integer.parseInt(text.substring(separator + 1), RADIX)));
    }

    private static long notNegative(long number) {
        if (number < 0) {
            throw new NumberFormatException("negative");
        }
        return number;
    }

    public long epoch() {
        return epoch;
    }

    public long next(LiveTopic topic) {
        return next[topic.ordinal()];
    }

    /** The leader epoch of the event before {@link #next}, or of a leader that began there. */
    public int leader(LiveTopic topic) {
        return leaders[topic.ordinal()];
    }

    /** Whether a client that is here has had the event at {@code offset} of {@code topic}. */
    public boolean covers(LiveTopic topic, long offset) {
        return offset < next[topic.ordinal()];
    }

    /** Whether a client that is here has had all that {@code other} has. */
    public boolean reaches(Position other) {
        for (int topic = 0; topic < next.length; topic++) {
            if (next[topic] < other.next[topic]) {
                return false;
            }
        }
        return true;
    }

    /** This position after the event at {@code offset} of {@code topic}, which was written under {@code leader}. */
    public Position after(LiveTopic topic, long offset, int leader) {
        if (covers(topic, offset)) {
            return this;
        }
        Position moved = new Position(epoch, next.clone(), leaders.clone());
        moved.set(topic.ordinal(), offset + 1, leader);
        return moved;
    }

    /** The position of a client that has had all of both. */
    public Position with(Position other) {
        Position most = new Position(epoch, next.clone(), leaders.clone());
        for (int topic = 0; topic < next.length; topic++) {
            if (next[topic] < other.next[topic]) {
                most.set(topic, other.next[topic], other.leaders[topic]);
            }
        }
        return most;
    }

    /** This position, but in {@code topics} where {@code other} is. */
    public Position taking(Set<LiveTopic> topics, Position other) {
        Position taken = new Position(epoch, next.clone(), leaders.clone());
        topics.forEach(topic -> taken.set(topic.ordinal(), other.next(topic), other.leader(topic)));
        return taken;
    }

    private void set(int topic, long offset, int leader) {
        next[topic] = offset;
        leaders[topic] = leader;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position
                && epoch == position.epoch
                && Arrays.equals(next, position.next)
                && Arrays.equals(leaders, position.leaders);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next) + Long.hashCode(epoch);
    }

    /** As in the protocol. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64).append(Long.toUnsignedString(epoch, RADIX));
        for (int topic = 0; topic < next.length; topic++) {
            text.append('.').append(Long.toString(next[topic], RADIX));
            if (leaders[topic] != NO_LEADER) {
                text.append(LEADER).append(Integer.toString(leaders[topic], RADIX));
            }
        }
        return text.toString();
    }
}
