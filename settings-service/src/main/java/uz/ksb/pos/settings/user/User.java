package uz.ksb.pos.settings.user;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.text.LoginName;
import uz.ksb.pos.platform.text.StorableText;

/** Someone who may log in. */
@Entity
@Table(name = "users")
public class User {
    @Id
    private UUID id;

    private String ksbId;
    private UUID userId;
    private String login;
    private String loginKey;
    private String displayName;

    @Enumerated(EnumType.STRING)
    private Role role;

    private String passwordHash;
    private String pinHash;
    private int sessionVersion;
    private boolean active;
    private long version;

    protected User() {}

    /** @param passwordHash null: cannot log in until a password is set */
    static User add(String ksbId, NewUser request, String passwordHash) {
        User user = new User();
        user.id = Ids.next();
        user.ksbId = ksbId;
        user.userId = request.id() == null ? user.id : request.id();
        user.login = StorableText.stored(request.login());
        user.loginKey = key(request.login());
        user.displayName = StorableText.stored(request.displayName());
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

    /** The form by which a login is found: logins that look the same are one. */
    public static String key(String login) {
        return LoginName.comparable(login);
    }

    /** Whether the request asks for exactly this user, who was made by an earlier delivery of it. */
    boolean isOf(NewUser request) {
        return userId.equals(request.id())
                && loginKey.equals(key(request.login()))
                && displayName.equals(StorableText.stored(request.displayName()))
                && role == request.role();
    }

    /**
     * Applies what the change names.
     *
     * @param passwordHash of the change's password, null if it names none
     */
    Optional<Event> change(UserChange change, String passwordHash) {
        UserView before = view();
        displayName = change.displayName() == null ? displayName : StorableText.stored(change.displayName());
        role = change.role() == null ? role : change.role();
        active = change.active() == null ? active : change.active();
        if (passwordHash != null) {
            setPassword(passwordHash);
        }
        if (passwordHash != null || !view().equals(before)) {
            version++;
        }
        if (before.active() && !active) {
            sessionVersion++;
            return Optional.of(disabled());
        }
        return Optional.empty();
    }

    /** Ends all sessions of the user, and takes the PIN away: whoever knew the old password may have set it. */
    public void setPassword(String hash) {
        passwordHash = hash;
        pinHash = null;
        sessionVersion++;
    }

    /** Keeps the password if there is none yet. */
    public void setFirstPassword(String hash) {
        if (passwordHash == null) {
            setPassword(hash);
            version++;
        }
    }

    /** Sessions go on. */
    public void setPin(String hash) {
        pinHash = hash;
        version++;
    }

    boolean isActiveAdmin() {
        return active && role == Role.ADMIN;
    }

    private Event disabled() {
        return new Event(Topics.SETTINGS, "user.disabled", ksbId, userId.toString(), view());
    }

    public UserView view() {
        return new UserView(userId, login, displayName, role, active, passwordHash != null, pinHash != null, version);
    }

    /** Ours; the one that others know is {@link #userId}. */
    public UUID id() {
        return id;
    }

    /** Unique within the enterprise only. */
    public UUID userId() {
        return userId;
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

    /** Null: no PIN was set since the last change of the password. */
    public String pinHash() {
        return pinHash;
    }

    /** Rises when the user's sessions end: a new password, a disabled user. */
    public int sessionVersion() {
        return sessionVersion;
    }

    public boolean isActive() {
        return active;
    }
}
