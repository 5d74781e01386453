package uz.ksb.pos.gateway.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.Ring;

/**
 * What the clients of a group have in common in one turn: those who stand at the same place of the ring and follow the same
 * channels get the same messages, up to the first event that concerns each of them differently.
 */
final class Runs {
    /** Everybody alone. */
    static final Runs NONE = new Runs(null);

    private static final int MOST_BYTES = 64 * 1024;

    private final Ring ring;
    private final Map<Start, Run> runs = new HashMap<>();

    Runs(Ring ring) {
        this.ring = ring;
    }

    private record Start(long index, long channels) {}

    /** What follows from {@code index}; empty when the next event is to be looked at for this client alone. */
    Run from(long index, Selection selection) {
        return ring == null
                ? Run.NONE
                : runs.computeIfAbsent(new Start(index, selection.signature()), start -> run(index, selection));
    }

    private Run run(long start, Selection selection) {
        List<byte[]> messages = new ArrayList<>();
        Position position = null;
        int bytes = 0;
        long index = start;
        while (index < ring.next() && bytes < MOST_BYTES) {
            Frame frame = ring.get(index);
            Selection.Concern concern = frame == null ? Selection.Concern.OWN : selection.concern(frame);
            if (concern == Selection.Concern.OWN) {
                break;
            }
            if (concern == Selection.Concern.ALL) {
                messages.add(frame.json());
                bytes += frame.json().length;
            }
            position = frame.position();
            index++;
        }
        return new Run(messages, index, position);
    }

    void release() {
        runs.values().forEach(Run::release);
    }
}
