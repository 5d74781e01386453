package uz.ksb.pos.settings.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import uz.ksb.pos.platform.problem.Problem;

/** Counts the calls of each address within a minute from its first one. */
@ApplicationScoped
class CallsPerMinute {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 100_000;

    private final RateLimitConfig config;
    private final Cache<String, AtomicInteger> calls = Caffeine.newBuilder()
            .expireAfterWrite(MINUTE)
            .maximumSize(MAX_ADDRESSES)
            .build();

    CallsPerMinute(RateLimitConfig config) {
        this.config = config;
    }

    /** @throws Problem 429 when there were too many */
    void count(String address) {
        if (calls.get(address, first -> new AtomicInteger()).incrementAndGet() > config.publicPerMinute()) {
            throw Problem.tooMany("too-many-requests", "Too many requests from this address.", MINUTE);
        }
    }
}
