package uz.ksb.pos.settings.user;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.event.EntityTransactions;
import uz.ksb.pos.settings.idempotency.IdempotencyKey;
import uz.ksb.pos.settings.idempotency.IdempotentRequests;
import uz.ksb.pos.settings.password.Passwords;

/** An ADMIN adds and changes users. A hash is computed before the transaction begins. */
@ApplicationScoped
class UserAdministration {
    private final EnterpriseRepository enterprises;
    private final UserRepository users;
    private final Passwords passwords;
    private final EntityTransactions transactions;
    private final IdempotentRequests requests;

    UserAdministration(
            EnterpriseRepository enterprises,
            UserRepository users,
            Passwords passwords,
            EntityTransactions transactions,
            IdempotentRequests requests) {
        this.enterprises = enterprises;
        this.users = users;
        this.passwords = passwords;
        this.transactions = transactions;
        this.requests = requests;
    }

    Uni<UserView> add(String ksbId, NewUser request, Optional<IdempotencyKey> key) {
        return hash(ksbId, request.password())
                .chain(hash -> transactions.inTransaction(
                        () -> requests.once(key, request, UserView.class, () -> add(ksbId, request, hash))));
    }

    private Uni<UserView> add(String ksbId, NewUser request, String hash) {
        return enterprises
                .lock(ksbId)
                .chain(() -> users.find(ksbId, request.login()))
                .chain(known -> known == null ? addNew(ksbId, request, hash) : again(known, request))
                .map(User::view);
    }

    Uni<UserView> change(String ksbId, String login, UserChange change) {
        return hash(ksbId, change.password())
                .chain(hash -> transactions.inTransaction(() -> enterprises
                        .lock(ksbId)
                        .chain(() -> users.lock(ksbId, login))
                        .call(user -> change(user, change, hash))
                        .map(User::view)));
    }

    private Uni<Void> change(User user, UserChange change, String hash) {
        boolean wasAdmin = user.isActiveAdmin();
        Optional<Event> event = user.change(change, hash);
        return wasAdmin && !user.isActiveAdmin()
                ? oneAdminStays(user.ksbId()).chain(() -> transactions.publish(event))
                : transactions.publish(event);
    }

    /** The enterprise's lock makes the count hold until the commit. */
    private Uni<Void> oneAdminStays(String ksbId) {
        return users.countActiveAdmins(ksbId)
                .invoke(left -> {
                    if (left == 0) {
                        throw Problem.rule("last-admin", "role", "the enterprise needs an active ADMIN");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<User> addNew(String ksbId, NewUser request, String hash) {
        User user = User.add(ksbId, request, hash);
        return users.hasId(ksbId, user.userId()).chain(taken -> {
            if (taken) {
                throw Problem.taken("id-taken", "id", "is another user's here");
            }
            return users.persist(user);
        });
    }

    private static Uni<User> again(User known, NewUser request) {
        if (!known.isOf(request)) {
            throw Problem.taken("login-taken", "login", "is in use here already");
        }
        return Uni.createFrom().item(known);
    }

    private Uni<String> hash(String ksbId, String password) {
        return password == null ? Uni.createFrom().nullItem() : passwords.hash(ksbId, password);
    }
}
