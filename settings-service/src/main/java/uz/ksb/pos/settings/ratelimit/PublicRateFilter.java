package uz.ksb.pos.settings.ratelimit;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Puts {@link LimitedPerAddress} into effect. Made before the configuration is read: holds lazy beans only. */
@Provider
@LimitedPerAddress
class PublicRateFilter implements ContainerRequestFilter {
    private final CallerAddress address;
    private final CallsPerMinute calls;

    @Context
    HttpServerRequest request;

    PublicRateFilter(CallerAddress address, CallsPerMinute calls) {
        this.address = address;
        this.calls = calls;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        address.of(request).ifPresent(calls::count);
    }
}
