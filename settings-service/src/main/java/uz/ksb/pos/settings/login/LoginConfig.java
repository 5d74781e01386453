package uz.ksb.pos.settings.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long logins last and how wrong passwords are slowed down. */
@ConfigMapping(prefix = "pos.login")
interface LoginConfig {
    /** Life of an access token: a change of rights acts after this time at the latest. */
    @WithDefault("15m")
    Duration accessLife();

    /** A refresh token that was used already still gives the same successor for this long. */
    @WithDefault("60s")
    Duration refreshGrace();

    /** A refresh token not used for this long ends. */
    @WithDefault("90d")
    Duration refreshUnused();

    /** From this wrong password on, for one login on one device, the next try has to wait. */
    @WithDefault("5")
    int freeFailures();

    /** The same for one address, behind which a whole shop may be. */
    @WithDefault("50")
    int freeFailuresPerAddress();

    /** The first wait; each further wrong password doubles it. */
    @WithDefault("5s")
    Duration firstWait();

    /** No wait is longer. */
    @WithDefault("15m")
    Duration longestWait();

    /** Wrong passwords are forgotten when none followed for this long. */
    @WithDefault("1h")
    Duration forgetAfter();

    /** Whether someone without a password here is asked for at the back office, once. */
    @WithDefault("false")
    boolean backOffice();
}
