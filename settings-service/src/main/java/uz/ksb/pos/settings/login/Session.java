package uz.ksb.pos.settings.login;

import java.time.Duration;
import java.util.UUID;

/**
 * A login on a device: the family of its refresh tokens.
 *
 * @param deviceId ours, not the till's own
 * @param previousHash of the token that was current before; null at first
 * @param unused since the last rotation, by the database's clock
 */
record Session(
        UUID id,
        UUID userId,
        UUID deviceId,
        int passwordVersion,
        String currentHash,
        String previousHash,
        String previousNonce,
        Duration unused) {

    /** What a refresh token that was presented comes to. */
    sealed interface Outcome {
        /** The current token: it is replaced. */
        record Rotate(String nonce, Secret successor) implements Outcome {}

        /** The one before, again, shortly after: the answer was lost, or two windows asked at once. */
        record Repeat(Secret successor) implements Outcome {}

        /** An older one: someone else has it. */
        record Reuse() implements Outcome {}

        record TooOld() implements Outcome {}
    }

    Outcome present(Secret secret, Duration grace, Duration most) {
        if (unused.compareTo(most) > 0) {
            return new Outcome.TooOld();
        }
        if (secret.hasHash(currentHash)) {
            String nonce = Secret.nonce();
            return new Outcome.Rotate(nonce, secret.successor(nonce));
        }
        return secret.hasHash(previousHash) && unused.compareTo(grace) <= 0
                ? new Outcome.Repeat(secret.successor(previousNonce))
                : new Outcome.Reuse();
    }
}
