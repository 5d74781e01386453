package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.settings.backoffice.BackOffice;
import uz.ksb.pos.settings.backoffice.BackOffice.Person;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.event.EntityTransactions;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/**
 * Whether a person's password is right. A user without one is asked for at the back office, once: from then on the
 * password is here too.
 */
@ApplicationScoped
class PasswordCheck {
    private static final Logger LOG = Logger.getLogger(PasswordCheck.class);

    private final UserRepository users;
    private final EnterpriseRepository enterprises;
    private final Passwords passwords;
    private final BackOffice backOffice;
    private final EntityTransactions transactions;
    private final boolean asksBackOffice;

    PasswordCheck(
            UserRepository users,
            EnterpriseRepository enterprises,
            Passwords passwords,
            BackOffice backOffice,
            EntityTransactions transactions,
            LoginConfig config) {
        this.users = users;
        this.enterprises = enterprises;
        this.passwords = passwords;
        this.backOffice = backOffice;
        this.transactions = transactions;
        this.asksBackOffice = config.backOffice();
    }

    /** The user whose login and password these are; fails with 401, the same for every reason. */
    Uni<User> user(Credentials given) {
        return users.find(given.ksbId(), given.login()).chain(known -> passwords
                .verify(given.ksbId(), given.password(), known == null ? null : known.passwordHash())
                .chain(right -> right ? Uni.createFrom().item(known) : first(known, given)));
    }

    /** Also asked for a login that has a password here, whose answer is not used: or the time would tell which have one. */
    private Uni<User> first(User known, Credentials given) {
        if (!asksBackOffice || !backOffice.isConfigured(given.ksbId())) {
            return Uni.createFrom().failure(wrong());
        }
        return backOffice
                .person(
                        given.ksbId(),
                        given.deviceId().toString(),
                        StorableText.stored(given.login()),
                        given.password())
                .onFailure(BackOfficeFailure.class)
                .recoverWithItem(failure -> unanswered(given, failure))
                .map(person -> person.filter(right -> known == null || known.passwordHash() == null)
                        .orElseThrow(PasswordCheck::wrong))
                .chain(person ->
                        passwords.hash(given.ksbId(), given.password()).chain(hash -> store(given, person, hash)));
    }

    private static Optional<Person> unanswered(Credentials given, Throwable failure) {
        LOG.warnf("A password of %s cannot be asked for: %s", given.ksbId(), failure);
        return Optional.empty();
    }

    /** The enterprise's lock makes one of two first logins at once add the user, and the other find them. */
    private Uni<User> store(Credentials given, Person person, String hash) {
        return transactions.inTransaction(() -> enterprises
                .lock(given.ksbId())
                .chain(() -> users.find(given.ksbId(), given.login()))
                .chain(known -> known == null
                        ? users.persist(
                                User.ofBackOffice(given.ksbId(), person.login(), person.name(), person.role(), hash))
                        : Uni.createFrom().item(known))
                .invoke(user -> user.setFirstPassword(hash)));
    }

    private static Problem wrong() {
        return Problem.unauthorized("wrong-credentials", "Login or password is wrong.");
    }
}
