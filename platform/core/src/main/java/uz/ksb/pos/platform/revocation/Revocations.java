package uz.ksb.pos.platform.revocation;

import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.problem.Problem;

/** Blocked tills and disabled users, and since when. Any thread. */
@ApplicationScoped
class Revocations {
    /** Kept longer than any access token lives. */
    static final Duration KEPT = Duration.ofMinutes(20);

    private final Map<Subject, Instant> revokedAt = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .<Subject, Instant>build()
            .asMap();

    /** A till or a user of an enterprise. */
    private record Subject(String ksbId, String id) {}

    void revoke(String ksbId, String id, Instant time) {
        revokedAt.put(new Subject(ksbId, id), time);
    }

    boolean isEmpty() {
        return revokedAt.isEmpty();
    }

    /**
     * @param issuedAt of the caller's token, in seconds
     * @throws Problem 403 when its till was blocked since, 401 when its user was disabled since
     */
    void mustHold(Caller caller, long issuedAt) {
        if (isSince(caller.ksbId(), caller.deviceId(), issuedAt)) {
            throw Problem.forbidden("device-blocked", "This device is blocked.");
        }
        if (isSince(caller.ksbId(), caller.userId(), issuedAt)) {
            throw Problem.unauthorized("session-ended", "Please log in again.");
        }
    }

    private boolean isSince(String ksbId, String id, long issuedAt) {
        Instant time = id == null ? null : revokedAt.get(new Subject(ksbId, id));
        return time != null && issuedAt <= time.getEpochSecond();
    }
}
