package uz.ksb.pos.settings.bootstrap;

import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.settings.enterprise.DeviceApproval;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.user.User;

/** The enterprise and ADMIN that the configuration names: without one nobody could add the others. */
@ApplicationScoped
class FirstAdmin {
    private static final int MIN_PASSWORD_LENGTH = 12;

    private final FirstAdminConfig config;
    private final Seeding seeding;
    private final Passwords passwords;

    FirstAdmin(FirstAdminConfig config, Seeding seeding, Passwords passwords) {
        this.config = config;
        this.seeding = seeding;
        this.passwords = passwords;
    }

    void addMissing() {
        config.ksbId().ifPresent(this::addMissing);
    }

    private void addMissing(String ksbId) {
        seeding.addEnterprise(ksbId, config.enterprise(), "UZS", "UZS=100", DeviceApproval.MANUAL);
        boolean present = seeding.run("select from users where ksb_id = $1 and role = 'ADMIN' limit 1", ksbId)
                        .size()
                > 0;
        if (!present) {
            seeding.run(
                    """
                    insert into users as known (id, user_id, ksb_id, login, login_key, display_name, role, password_hash)
                    values ($1, $1, $2, $3, $4, $3, 'ADMIN', $5)
                    on conflict (ksb_id, login_key) do update set role = excluded.role, active = true,
                        password_hash = excluded.password_hash, session_version = known.session_version + 1,
                        version = known.version + 1
                    where known.role <> excluded.role""", Ids.next(), ksbId, config.login(), User.key(config.login()), passwords.hashNow(password()));
        }
    }

    private String password() {
        return config.password()
                .filter(password -> password.length() >= MIN_PASSWORD_LENGTH)
                .orElseThrow(() -> new IllegalStateException("pos.first-admin.password must have at least "
                        + MIN_PASSWORD_LENGTH + " characters when pos.first-admin.ksb-id is set"));
    }
}
