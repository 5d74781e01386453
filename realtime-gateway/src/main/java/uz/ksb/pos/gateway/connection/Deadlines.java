package uz.ksb.pos.gateway.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import uz.ksb.pos.gateway.protocol.CloseReason;

/**
 * The times by which a client must show a token, send something and have a new token, and of its next ping. One thread.
 */
final class Deadlines {
    private final ConnectionConfig config;
    private final Instant authUntil;
    private Instant heardAt;
    private Instant pingedAt;
    /** Null: not let in yet. */
    private Instant expiry;

    private boolean showedToken;
    private boolean warned;

    Deadlines(ConnectionConfig config, Instant now) {
        this.config = config;
        this.authUntil = now.plus(config.authWithin());
        this.heardAt = now;
        this.pingedAt = now;
    }

    void heard(Instant now) {
        heardAt = now;
    }

    /** The token was shown in time, and is being verified. */
    void showedToken() {
        showedToken = true;
    }

    void admitted(Instant until) {
        expiry = until;
        warned = false;
    }

    /** When to look again; never longer than a heartbeat. */
    Duration untilNext(Instant now) {
        if (expiry == null) {
            return Duration.between(now, authUntil);
        }
        Duration untilToken = Duration.between(now, warned ? expiry : expiry.minus(config.expiryWarning()));
        return untilToken.compareTo(config.heartbeat()) < 0 ? untilToken : config.heartbeat();
    }

    /**
     * Why the connection must end now; empty: it need not.
     *
     * @param heeded whether what the client says is heard at once
     * @param full whether what the client is told waits for it to read
     */
    Optional<CloseReason> over(Instant now, boolean heeded, boolean full) {
        if (expiry == null) {
            return !showedToken && !now.isBefore(authUntil)
                    ? Optional.of(CloseReason.NO_AUTH_IN_TIME)
                    : Optional.empty();
        }
        if (!now.isBefore(expiry)) {
            return Optional.of(CloseReason.TOKEN);
        }
        return heeded && now.isAfter(heardAt.plus(silenceAllowed(full)))
                ? Optional.of(CloseReason.SILENT)
                : Optional.empty();
    }

    /** A slow client does not see our pings before all that waits in front of them. */
    private Duration silenceAllowed(boolean full) {
        return full ? config.patience() : config.heartbeat().multipliedBy(5).dividedBy(2);
    }

    /** The seconds that the token still lasts, once, when the client is to be told. */
    OptionalLong warning(Instant now) {
        if (expiry == null || warned || now.isBefore(expiry.minus(config.expiryWarning()))) {
            return OptionalLong.empty();
        }
        warned = true;
        // Rounded, as a look may be a moment late.
        return OptionalLong.of(
                Math.max(1, Duration.between(now, expiry).plusMillis(500).toSeconds()));
    }

    /** Whether a ping is to be sent now. */
    boolean takePing(Instant now) {
        if (expiry == null || now.isBefore(pingedAt.plus(config.heartbeat()))) {
            return false;
        }
        pingedAt = now;
        return true;
    }
}
