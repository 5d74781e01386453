package uz.ksb.pos.gateway.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.event.CloudEvent;

/** Who was blocked or disabled, and when: a token issued before that is worth nothing. Any thread. */
final class Revocations {
    /** Longer than any token lives. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final String DEVICE = "/device/";
    private static final String USER = "/user/";

    private final Map<String, Instant> revokedAt = new ConcurrentHashMap<>();

    void add(CloudEvent event, Set<String> whom) {
        revokedAt.values().removeIf(time -> time.isBefore(event.time().minus(KEPT)));
        String kind = event.type().equals("device.blocked") ? DEVICE : USER;
        whom.forEach(id -> revokedAt.merge(
                event.ksbId() + kind + id, event.time(), (one, other) -> one.isAfter(other) ? one : other));
    }

    boolean refuses(Pass pass) {
        Caller caller = pass.caller();
        return isBefore(pass, DEVICE, caller.deviceId())
                || isBefore(pass, USER, caller.userId())
                || isBefore(pass, USER, caller.login());
    }

    /** A token tells its time in whole seconds. */
    private boolean isBefore(Pass pass, String kind, String id) {
        Instant time = revokedAt.get(pass.caller().ksbId() + kind + id);
        return time != null && pass.issuedAt().getEpochSecond() <= time.getEpochSecond();
    }
}
