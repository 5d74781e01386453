package uz.ksb.pos.settings.backoffice;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;

/** An enterprise's ERP, as logging in sees it. Another ERP is another implementation. */
public interface BackOffice {
    /** Whether the enterprise has one configured. */
    boolean isConfigured(String ksbId);

    /**
     * The person who has this login and password there; empty when nobody has.
     *
     * <p>Fails with {@link BackOfficeFailure} when it cannot be asked.
     */
    Uni<Optional<Person>> person(String ksbId, String deviceId, String login, String password);

    /**
     * Tells a new password.
     *
     * <p>Fails with {@link BackOfficeFailure} when it cannot be told.
     *
     * @return false when the ERP does not take it, for example because it has another old one
     */
    Uni<Boolean> changePassword(String ksbId, String deviceId, String login, String oldPassword, String newPassword);

    /** A user of the ERP. */
    record Person(String login, String name, Role role) {}
}
