package uz.ksb.pos.settings.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A login on a device: the family of its refresh tokens, one generation after the other. All times are the database's.
 *
 * @param userId ours
 * @param deviceId ours, not the till's own
 * @param userVersion the user's session version when the session began
 * @param deviceVersion the device's
 * @param currentHash of the newest generation
 * @param earlier the generations before it that still count, the oldest first
 * @param usedAt when a token of the family was last presented
 */
public record Session(
        UUID id,
        UUID userId,
        UUID deviceId,
        int userVersion,
        int deviceVersion,
        String currentHash,
        List<Generation> earlier,
        Instant usedAt) {
    /** A client that renews in a loop does not make the row grow. */
    private static final int MAX_EARLIER = 50;

    /**
     * A token that was replaced.
     *
     * @param nonce makes its successor of it
     * @param replacedAt when its successor was first used; null: not yet, so that the successor may never have arrived
     */
    public record Generation(String hash, String nonce, Instant replacedAt) {
        /** A time in the future is of a clock that was put back since. */
        private boolean counts(Instant now, Duration grace) {
            return replacedAt == null || Duration.between(replacedAt, now).abs().compareTo(grace) <= 0;
        }

        private Generation replaced(Instant at) {
            return replacedAt == null ? new Generation(hash, nonce, at) : this;
        }
    }

    /** The result of presenting a refresh token. */
    sealed interface Outcome {
        /** The current token: it is replaced. */
        record Rotated(Session next, Secret successor) implements Outcome {}

        /** An earlier token that still counts: the answer was lost, or two windows asked at once. It gets the current one. */
        record Repeated(Secret current) implements Outcome {}

        /** A token that counts no more: somebody else has it. Or nobody used the session for too long. */
        record Ended() implements Outcome {}
    }

    /**
     * @param grace how long an earlier token still counts after its successor was first used
     * @param unused after this time without use the session has ended
     */
    Outcome present(Secret secret, Instant now, Duration grace, Duration unused) {
        if (usedAt.plus(unused).isBefore(now)) {
            return new Outcome.Ended();
        }
        return secret.hasHash(currentHash)
                ? rotated(secret, now, grace)
                : current(secret, now, grace)
                        .<Outcome>map(Outcome.Repeated::new)
                        .orElseGet(Outcome.Ended::new);
    }

    private Outcome rotated(Secret secret, Instant now, Duration grace) {
        String nonce = Secret.nonce();
        Secret successor = secret.successor(nonce);
        List<Generation> kept = new ArrayList<>(earlier.stream()
                .map(generation -> generation.replaced(now))
                .filter(generation -> generation.counts(now, grace))
                .toList());
        kept.add(new Generation(currentHash, nonce, null));
        List<Generation> newest = kept.subList(Math.max(0, kept.size() - MAX_EARLIER), kept.size());
        Session next = new Session(
                id, userId, deviceId, userVersion, deviceVersion, successor.hash(), List.copyOf(newest), now);
        return new Outcome.Rotated(next, successor);
    }

    /** The current token, derived from an earlier one along the chain of nonces. */
    private Optional<Secret> current(Secret secret, Instant now, Duration grace) {
        for (int i = 0; i < earlier.size(); i++) {
            if (secret.hasHash(earlier.get(i).hash())) {
                return earlier.get(i).counts(now, grace)
                        ? Optional.of(earlier.subList(i, earlier.size()).stream()
                                .map(Generation::nonce)
                                .reduce(secret, Secret::successor, (one, other) -> other))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
