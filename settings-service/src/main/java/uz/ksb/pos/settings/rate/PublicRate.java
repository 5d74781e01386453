package uz.ksb.pos.settings.rate;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.platform.problem.Problem;

/** Counts the calls of each address within the present minute. */
@Provider
@LimitedPerAddress
class PublicRate implements ContainerRequestFilter {
    private final RateConfig config;
    private final CallerAddress address;
    private final ConcurrentMap<String, Integer> calls = new ConcurrentHashMap<>();
    private volatile long minute;

    @Context
    HttpServerRequest request;

    PublicRate(RateConfig config, CallerAddress address) {
        this.config = config;
        this.address = address;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        address.of(request).ifPresent(this::count);
    }

    private void count(String caller) {
        long now = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        if (now != minute) {
            minute = now;
            calls.clear();
        }
        if (calls.merge(caller, 1, Integer::sum) > config.publicPerMinute()) {
            throw Problem.tooMany("too-many-requests", "Too many requests from this address.", Duration.ofMinutes(1));
        }
    }
}
