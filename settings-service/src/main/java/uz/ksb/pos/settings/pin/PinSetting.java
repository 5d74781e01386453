package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.event.EntityTransactions;
import uz.ksb.pos.settings.login.PasswordProof;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** Users set their own PIN with their password; an ADMIN sets anybody's. A hash is computed before the transaction begins. */
@ApplicationScoped
class PinSetting {
    private final PasswordProof proof;
    private final UserRepository users;
    private final Passwords passwords;
    private final EntityTransactions transactions;

    PinSetting(PasswordProof proof, UserRepository users, Passwords passwords, EntityTransactions transactions) {
        this.proof = proof;
        this.users = users;
        this.passwords = passwords;
        this.transactions = transactions;
    }

    Uni<Void> setOwn(Caller caller, OwnPin given, Optional<String> address) {
        return proof.require(caller, given.password(), "password", address)
                .chain(() -> set(caller.ksbId(), caller.login(), given.pin()));
    }

    Uni<Void> set(String ksbId, String login, String pin) {
        return users.get(ksbId, login)
                .chain(user -> passwords.verify(ksbId, pin, user.passwordHash()))
                .invoke(PinSetting::mustNotBePassword)
                .chain(() -> passwords.hash(ksbId, pin))
                .chain(hash -> transactions.inTransaction(() -> users.lock(ksbId, login)
                        .invoke(user -> user.setPin(hash))
                        .map(User::id)))
                .replaceWithVoid();
    }

    private static void mustNotBePassword(boolean same) {
        if (same) {
            throw Problem.rule("pin-is-password", "pin", "must not be the password");
        }
    }
}
