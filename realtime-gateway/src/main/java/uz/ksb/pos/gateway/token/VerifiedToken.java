package uz.ksb.pos.gateway.token;

import java.time.Instant;
import uz.ksb.pos.platform.caller.Caller;

/** A verified token: who it is, and since and until when. */
public record VerifiedToken(Caller caller, String token, Instant issuedAt, Instant expiresAt) {
    /** Whether {@code other} may take this one's place on its connection. */
    public boolean isRenewedBy(VerifiedToken other) {
        return caller.ksbId().equals(other.caller.ksbId())
                && java.util.Objects.equals(caller.deviceId(), other.caller.deviceId());
    }

    public boolean isOfSameUser(VerifiedToken other) {
        return java.util.Objects.equals(caller.userId(), other.caller.userId());
    }

    /** Tokens and secrets are never written. */
    @Override
    public String toString() {
        return "VerifiedToken[" + caller.ksbId() + " " + caller.login() + "]";
    }
}
