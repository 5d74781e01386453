package uz.ksb.pos.sync.run.domain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.sync.backoffice.Delta;

/** Cuts a delta into chunks while it is read. Blocks as the delta does; used by one thread at a time. */
public final class ChunkReader {
    static final int MAX_ROWS = 500;
    static final int MAX_BYTES = 500 * 1024;

    private final Delta delta;
    private Optional<Delta.Row> ahead;
    private int number;

    public ChunkReader(Delta delta) {
        this.delta = delta;
    }

    public PartChunk next() {
        if (number == 0) {
            ahead = delta.next();
        }
        List<Delta.Row.Offered> offered = new ArrayList<>();
        List<Delta.Row.Refused> refused = new ArrayList<>();
        int bytes = 0;
        while (ahead.isPresent() && offered.size() + refused.size() < MAX_ROWS) {
            switch (ahead.get()) {
                case Delta.Row.Refused row -> refused.add(row);
                case Delta.Row.Offered row -> {
                    int size = row.json().getBytes(StandardCharsets.UTF_8).length + 1;
                    if (!offered.isEmpty() && bytes + size > MAX_BYTES) {
                        return new PartChunk(++number, offered, refused, false);
                    }
                    bytes += size;
                    offered.add(row);
                }
            }
            ahead = delta.next();
        }
        return new PartChunk(++number, offered, refused, ahead.isEmpty());
    }
}
