package uz.ksb.pos.settings.user;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;

/** Someone who may log in. */
@Entity
@Table(name = "users")
public class User {
    @Id
    private UUID id;

    private String ksbId;
    private String login;
    private String loginKey;
    private String displayName;

    @Enumerated(EnumType.STRING)
    private Role role;

    private String passwordHash;
    private int passwordVersion;
    private boolean active;
    private long version;

    protected User() {}

    /** @param passwordHash null: cannot log in until a password is set */
    static User add(String ksbId, NewUser request, String passwordHash) {
        User user = new User();
        user.id = request.id() == null ? Ids.next() : request.id();
        user.ksbId = ksbId;
        user.login = request.login().strip();
        user.loginKey = key(request.login());
        user.displayName = request.displayName().strip();
        user.role = request.role();
        user.passwordHash = passwordHash;
        user.active = true;
        user.version = 1;
        return user;
    }

    /** Someone whom the back office knows and who logs in here for the first time. */
    public static User ofBackOffice(String ksbId, String login, String displayName, Role role, String passwordHash) {
        return add(ksbId, new NewUser(null, login, displayName, role, null), passwordHash);
    }

    /** By which a login is found: people do not type capitals the same way twice. */
    public static String key(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the request asks for exactly this user, who was made by an earlier delivery of it. */
    boolean isOf(NewUser request) {
        return id.equals(request.id())
                && loginKey.equals(key(request.login()))
                && displayName.equals(request.displayName().strip())
                && role == request.role();
    }

    /**
     * Applies what the change names.
     *
     * @param passwordHash of the change's password, null if it names none
     */
    Optional<Event> change(UserChange change, String passwordHash) {
        UserView before = view();
        displayName = change.displayName() == null
                ? displayName
                : change.displayName().strip();
        role = change.role() == null ? role : change.role();
        active = change.active() == null ? active : change.active();
        if (passwordHash != null) {
            setPassword(passwordHash);
        }
        if (passwordHash != null || !view().equals(before)) {
            version++;
        }
        return before.active() && !active ? Optional.of(disabled()) : Optional.empty();
    }

    /** Ends the sessions that began with the former password. */
    public void setPassword(String hash) {
        passwordHash = hash;
        passwordVersion++;
    }

    /** Keeps the password if there is none yet. */
    public void setFirstPassword(String hash) {
        if (passwordHash == null) {
            setPassword(hash);
            version++;
        }
    }

    boolean isActiveAdmin() {
        return active && role == Role.ADMIN;
    }

    private Event disabled() {
        return new Event(Topics.SETTINGS, "user.disabled", ksbId, id.toString(), view());
    }

    public UserView view() {
        return new UserView(id, login, displayName, role, active, passwordHash != null, version);
    }

    public UUID id() {
        return id;
    }

    public String ksbId() {
        return ksbId;
    }

    public String login() {
        return login;
    }

    String loginKey() {
        return loginKey;
    }

    public String displayName() {
        return displayName;
    }

    public Role role() {
        return role;
    }

    /** Null: no password was set yet. */
    public String passwordHash() {
        return passwordHash;
    }

    public int passwordVersion() {
        return passwordVersion;
    }

    public boolean isActive() {
        return active;
    }
}
