package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.backoffice.BackOffice;
import uz.ksb.pos.settings.event.EntityTransactions;
import uz.ksb.pos.settings.idempotency.IdempotencyKey;
import uz.ksb.pos.settings.idempotency.IdempotentRequests;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.session.Sessions;
import uz.ksb.pos.settings.user.UserRepository;

/**
 * Users change their own password: logins elsewhere end, the one on this till goes on. The back office is told first, while
 * the old password is at hand: when it cannot be told, nothing is done.
 */
@ApplicationScoped
class OwnPasswordChange {
    private static final Logger LOG = Logger.getLogger(OwnPasswordChange.class);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final UserRepository users;
    private final Passwords passwords;
    private final PasswordProof proof;
    private final Sessions sessions;
    private final EntityTransactions transactions;
    private final IdempotentRequests requests;
    private final BackOffice backOffice;

    OwnPasswordChange(
            UserRepository users,
            Passwords passwords,
            PasswordProof proof,
            Sessions sessions,
            EntityTransactions transactions,
            IdempotentRequests requests,
            BackOffice backOffice) {
        this.users = users;
        this.passwords = passwords;
        this.proof = proof;
        this.sessions = sessions;
        this.transactions = transactions;
        this.requests = requests;
        this.backOffice = backOffice;
    }

    /**
     * @param key of a request that may be repeated: the first one made its old password wrong
     * @param address empty: its tries are not counted, only those of the login on the device
     */
    Uni<Void> change(Caller caller, PasswordChange change, Optional<IdempotencyKey> key, Optional<String> address) {
        return requests.isDone(key, change)
                .chain(done -> done
                        ? Uni.createFrom().voidItem()
                        : proof.require(caller, change.oldPassword(), "oldPassword", address)
                                .chain(() -> apply(caller, change, key)));
    }

    private Uni<Void> apply(Caller caller, PasswordChange change, Optional<IdempotencyKey> key) {
        return tell(caller, change)
                .chain(() -> passwords.hash(caller.ksbId(), change.newPassword()))
                .chain(hash -> transactions.inTransaction(
                        () -> requests.once(key, change, Boolean.class, () -> store(caller, hash))))
                .replaceWithVoid();
    }

    /** A password that the back office does not take is its own affair: it knows this user with another password, or not at all. */
    private Uni<Void> tell(Caller caller, PasswordChange change) {
        if (!backOffice.isConfigured(caller.ksbId())) {
            return Uni.createFrom().voidItem();
        }
        return backOffice
                .changePassword(
                        caller.ksbId(), caller.deviceId(), caller.login(), change.oldPassword(), change.newPassword())
                .invoke(taken -> {
                    if (!taken) {
                        LOG.infof(
                                "The back office of %s keeps its own password of %s", caller.ksbId(), caller.userId());
                    }
                })
                .onFailure(BackOfficeFailure.class)
                .transform(failure -> Problem.unavailable(failure.getMessage() + ".", AGAIN_AFTER))
                .replaceWithVoid();
    }

    private Uni<Boolean> store(Caller caller, String hash) {
        return users.lock(caller.ksbId(), caller.login())
                .invoke(user -> user.setPassword(hash))
                .call(user -> sessions.keepAfterPasswordChange(user, caller.deviceId()))
                .replaceWith(true);
    }
}
