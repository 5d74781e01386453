package uz.ksb.pos.gateway.quota;

/** Permits so much per second, saved up to ten seconds' worth. One thread at a time. */
final class TokenBucket {
    private static final int BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private double left;
    private long at = System.nanoTime();

    TokenBucket(double perSecond) {
        this.perSecond = perSecond;
        this.left = perSecond * BURST_SECONDS;
    }

    /** Takes {@code amount}; false when there is not as much. */
    boolean take(double amount) {
        long now = System.nanoTime();
        left = Math.min(perSecond * BURST_SECONDS, left + (now - at) / NANOS * perSecond) - amount;
        at = now;
        return left >= 0;
    }
}
