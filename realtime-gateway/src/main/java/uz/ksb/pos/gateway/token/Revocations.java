package uz.ksb.pos.gateway.token;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.event.CloudEvent;

/** Devices that were blocked and users who were disabled, with the time: older tokens are refused. Any thread. */
public final class Revocations {
    /** Kept longer than any token lives. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final String DEVICE = "/device/";
    private static final String USER = "/user/";

    private final Map<String, Instant> revokedAt = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .<String, Instant>build()
            .asMap();

    /** @param at real time, as that of tokens is; an event's own time follows the business clock */
    public void add(CloudEvent event, Set<String> whom, Instant at) {
        String kind = event.type().equals("device.blocked") ? DEVICE : USER;
        whom.forEach(
                id -> revokedAt.merge(event.ksbId() + kind + id, at, (one, other) -> one.isAfter(other) ? one : other));
    }

    public boolean refuses(VerifiedToken verified) {
        Caller caller = verified.caller();
        return isBefore(verified, DEVICE, caller.deviceId())
                || isBefore(verified, USER, caller.userId())
                || isBefore(verified, USER, caller.login());
    }

    /** A token tells its time in whole seconds. */
    private boolean isBefore(VerifiedToken verified, String kind, String id) {
        Instant time = revokedAt.get(verified.caller().ksbId() + kind + id);
        return time != null && verified.issuedAt().getEpochSecond() <= time.getEpochSecond();
    }
}
