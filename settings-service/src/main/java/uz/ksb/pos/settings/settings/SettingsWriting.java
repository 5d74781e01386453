package uz.ksb.pos.settings.settings;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Decides what a write comes to: first by comparing with what was read without a lock, then, for a difference only, by the
 * guarded upsert.
 */
final class SettingsWriting<T> {
    /** A writer that loses so many races in a row has a neighbour in a loop. */
    private static final int MAX_TRIES = 20;

    private final SettingsTable<T> table;
    private final Owner owner;
    private final T usual;

    SettingsWriting(SettingsTable<T> table, Owner owner, T usual) {
        this.table = table;
        this.owner = owner;
        this.usual = usual;
    }

    /**
     * Replaces the whole settings.
     *
     * @param expected the versions of the writer's If-Match; empty: the last writer wins
     */
    Uni<WriteResult<T>> replace(T content, Optional<Set<Long>> expected) {
        return table.read(owner.id(), usual).chain(stored -> replace(stored, content, expected));
    }

    /**
     * Derives the new settings from the present ones, again and again until nobody wrote in between: what the derivation
     * allowed is what it was derived from.
     */
    Uni<WriteResult<T>> derive(UnaryOperator<T> change, Optional<Set<Long>> expected) {
        return derive(change, expected, MAX_TRIES);
    }

    private Uni<WriteResult<T>> replace(Versioned<T> stored, T content, Optional<Set<Long>> expected) {
        if (isUnchanged(stored, content)) {
            return unchanged(stored);
        }
        mustMatch(stored, expected);
        return table.write(owner, content, expected.map(any -> stored.version()))
                .chain(version -> {
                    if (version.isPresent()) {
                        return Uni.createFrom()
                                .item(new WriteResult<>(new Versioned<>(version.getAsLong(), content), true));
                    }
                    return table.read(owner.id(), usual).chain(now -> lostRace(now, content, expected));
                });
    }

    /** Nothing was written: either someone else wrote the same, or the expected version is gone. */
    private Uni<WriteResult<T>> lostRace(Versioned<T> now, T content, Optional<Set<Long>> expected) {
        if (!isUnchanged(now, content)) {
            mustMatch(now, expected);
            return replace(now, content, expected);
        }
        return unchanged(now);
    }

    private Uni<WriteResult<T>> derive(UnaryOperator<T> change, Optional<Set<Long>> expected, int tries) {
        return table.read(owner.id(), usual).chain(stored -> {
            T content = change.apply(stored.content());
            if (isUnchanged(stored, content)) {
                return unchanged(stored);
            }
            mustMatch(stored, expected);
            return table.write(owner, content, Optional.of(stored.version())).chain(version -> {
                if (version.isPresent()) {
                    return Uni.createFrom()
                            .item(new WriteResult<>(new Versioned<>(version.getAsLong(), content), true));
                }
                return tries > 1
                        ? derive(change, expected, tries - 1)
                        : Uni.createFrom().failure(busy());
            });
        });
    }

    private boolean isUnchanged(Versioned<T> stored, T content) {
        return stored.content().equals(content);
    }

    private static <T> Uni<WriteResult<T>> unchanged(Versioned<T> stored) {
        return Uni.createFrom().item(new WriteResult<>(stored, false));
    }

    private static void mustMatch(Versioned<?> stored, Optional<Set<Long>> expected) {
        if (expected.isPresent() && !expected.get().contains(stored.version())) {
            throw Problem.preconditionFailed("The settings are at version " + stored.version() + " by now.");
        }
    }

    private static Problem busy() {
        return Problem.conflict("busy", "Others change these settings all the time.", null);
    }

    /** The settings as they are now, and whether this write changed them. */
    record WriteResult<T>(Versioned<T> stored, boolean changed) {}
}
