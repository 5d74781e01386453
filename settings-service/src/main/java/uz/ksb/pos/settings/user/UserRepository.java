package uz.ksb.pos.settings.user;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;

/** The stored users. */
@ApplicationScoped
public class UserRepository implements PanacheRepositoryBase<User, UUID> {
    private static final int MAX_LISTED = 1_000;

    /** Null when this enterprise has nobody with this login. */
    @WithSession
    public Uni<User> find(String ksbId, String login) {
        return find("ksbId = ?1 and loginKey = ?2", ksbId, User.key(login)).firstResult();
    }

    /** Fails with 404 when this enterprise has nobody with this login. */
    @WithSession
    public Uni<User> get(String ksbId, String login) {
        return find(ksbId, login).onItem().ifNull().failWith(() -> Problem.notFound("The user"));
    }

    @WithSession
    public Uni<User> byId(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("The user"));
    }

    /** As {@link #get}, holding the user's lock until the transaction ends. */
    public Uni<User> lock(String ksbId, String login) {
        return find("ksbId = ?1 and loginKey = ?2", ksbId, User.key(login))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("The user"));
    }

    Uni<Boolean> hasId(String ksbId, UUID userId) {
        return count("ksbId = ?1 and userId = ?2", ksbId, userId).map(count -> count > 0);
    }

    Uni<Long> countActiveAdmins(String ksbId) {
        return count("ksbId = ?1 and role = ?2 and active", ksbId, Role.ADMIN);
    }

    Uni<List<User>> list(String ksbId, List<String> after, int limit) {
        return find("ksbId = ?1 and loginKey > ?2 order by loginKey", ksbId, after == null ? "" : after.getFirst())
                .page(0, limit)
                .list();
    }

    /** Those who may log in, by name; at most a thousand. */
    @WithSession
    public Uni<List<User>> active(String ksbId) {
        return find("ksbId = ?1 and active order by displayName, loginKey", new Object[] {ksbId})
                .page(0, MAX_LISTED)
                .list();
    }
}
