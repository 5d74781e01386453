package uz.ksb.pos.local.replay.server;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A bad line on purpose: requests arrive and are processed, but one answer in 1/share never comes back. */
public final class LostAnswers {

    private static final long SEED = 20111114;

    private final double share;
    private final Random random = new Random(SEED);
    private final AtomicInteger lost = new AtomicInteger();

    /** @param share 0 (none) to below 1 */
    public LostAnswers(double share) {
        this.share = share;
    }

    public boolean losesThisOne() {
        boolean loses = share > 0 && random.nextDouble() < share;
        if (loses) {
            lost.incrementAndGet();
        }
        return loses;
    }

    public int count() {
        return lost.get();
    }
}
