package uz.ksb.pos.settings.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.platform.problem.Problem;

/** Counts the calls of each address within the present minute. */
@ApplicationScoped
class CallsPerMinute {
    private final RateLimitConfig config;
    private final ConcurrentMap<String, Integer> calls = new ConcurrentHashMap<>();
    private volatile long minute;

    CallsPerMinute(RateLimitConfig config) {
        this.config = config;
    }

    /** @throws Problem 429 when there were too many */
    void count(String address) {
        long now = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        if (now != minute) {
            minute = now;
            calls.clear();
        }
        if (calls.merge(address, 1, Integer::sum) > config.publicPerMinute()) {
            throw Problem.tooMany("too-many-requests", "Too many requests from this address.", Duration.ofMinutes(1));
        }
    }
}
