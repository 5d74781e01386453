package uz.ksb.pos.settings.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** An enterprise and its first ADMIN, made when they are missing; afterwards the keys may be removed. */
@ConfigMapping(prefix = "pos.first-admin")
interface FirstAdminConfig {
    /** Eight digits; absent: nothing is made. */
    Optional<String> ksbId();

    /** The enterprise's name. */
    @WithDefault("-")
    String enterprise();

    /** The ADMIN's login. */
    @WithDefault("admin")
    String login();

    /** At least 12 characters. Only for a new ADMIN: it never overwrites a password. */
    Optional<String> password();
}
