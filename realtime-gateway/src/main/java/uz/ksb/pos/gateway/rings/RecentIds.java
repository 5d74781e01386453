package uz.ksb.pos.gateway.rings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The last ids of a partition: the log holds each event at least once, the rings hold it once. */
public final class RecentIds {
    private static final int KEPT = 10_000;

    private final Map<UUID, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > KEPT;
        }
    };

    /** Notes {@code id}; false when it was there already. */
    public boolean add(UUID id) {
        return ids.put(id, Boolean.TRUE) == null;
    }
}
