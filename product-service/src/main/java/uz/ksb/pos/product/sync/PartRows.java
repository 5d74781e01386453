package uz.ksb.pos.product.sync;

import java.util.ArrayList;
import java.util.List;

/** What became of one message's rows. */
record PartRows(long received, long applied, long unchanged, List<Rejected> rejected) {
    static final PartRows NOTHING = new PartRows(0, 0, 0, List.of());

    /**
     * @param row as it came, as JSON
     */
    record Rejected(String id, String reason, String row) {}

    PartRows plus(PartRows other) {
        List<Rejected> all = new ArrayList<>(rejected);
        all.addAll(other.rejected);
        return new PartRows(received + other.received, applied + other.applied, unchanged + other.unchanged, all);
    }
}
