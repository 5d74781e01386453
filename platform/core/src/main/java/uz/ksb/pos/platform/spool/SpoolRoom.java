package uz.ksb.pos.platform.spool;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The room on the disk that some spool files share. When it is full, the largest file gives way to the others, so that nobody who needs
 * little waits for those who need much. Any thread.
 */
public final class SpoolRoom {
    static final SpoolRoom UNLIMITED = new SpoolRoom(Long.MAX_VALUE);

    private final long maxBytes;
    private final Map<Share, Long> shares = new HashMap<>();
    private long taken;

    public SpoolRoom(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The part that one file has. */
    final class Share implements AutoCloseable {
        private final Runnable onGivingWay;
        private boolean over;

        private Share(Runnable onGivingWay) {
            this.onGivingWay = onGivingWay;
        }

        /** @throws SpoolFile.NoRoom when it is full, and none has more than this one would have; or this one has given way */
        void take(int bytes) throws SpoolFile.NoRoom {
            synchronized (SpoolRoom.this) {
                if (over || !hasRoom(bytes, shares.get(this) + bytes)) {
                    throw new SpoolFile.NoRoom();
                }
                shares.merge(this, (long) bytes, Long::sum);
                taken += bytes;
            }
        }

        @Override
        public void close() {
            synchronized (SpoolRoom.this) {
                if (!over) {
                    over = true;
                    taken -= shares.remove(this);
                }
            }
        }
    }

    /** @param onGivingWay frees what the file takes; called at most once, with this room locked */
    Share share(Runnable onGivingWay) {
        Share share = new Share(onGivingWay);
        synchronized (this) {
            shares.put(share, 0L);
        }
        return share;
    }

    private boolean hasRoom(int bytes, long own) {
        while (taken > maxBytes - bytes) {
            Map.Entry<Share, Long> largest = Collections.max(shares.entrySet(), Map.Entry.comparingByValue());
            if (largest.getValue() <= own) {
                return false;
            }
            largest.getKey().close();
            largest.getKey().onGivingWay.run();
        }
        return true;
    }
}
