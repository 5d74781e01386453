package uz.ksb.pos.settings.ratelimit;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.http.ClientAddress;

/** The address that limits are counted by. */
@ApplicationScoped
public class CallerAddress {
    private final boolean limitLoopback;

    CallerAddress(
            RateLimitConfig config,
            @ConfigProperty(name = "pos.environment", defaultValue = "production") String environment) {
        limitLoopback = config.loopback().orElse(!environment.equals("local"));
    }

    /** Empty: this caller is not limited. */
    public Optional<String> of(HttpServerRequest request) {
        String address = ClientAddress.of(request);
        return !limitLoopback && isLoopback(address) ? Optional.empty() : Optional.of(address);
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }
}
