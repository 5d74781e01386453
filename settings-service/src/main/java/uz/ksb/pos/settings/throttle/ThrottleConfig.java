package uz.ksb.pos.settings.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How wrong secrets are slowed down. */
@ConfigMapping(prefix = "pos.throttle")
interface ThrottleConfig {
    /** The number of wrong secrets, for one login on one device, after which the next try has to wait. */
    @WithDefault("5")
    int freeFailures();

    /** The same for one address, behind which a whole shop may be. */
    @WithDefault("50")
    int freeFailuresPerAddress();

    /** The number of refresh tokens that were none, from one address, after which its next one has to wait. */
    @WithDefault("50")
    int freeTokensPerAddress();

    /** The number of wrong PINs, for one user on one device, after which the next try has to wait. */
    @WithDefault("5")
    int freePins();

    /** The same for one user on all devices together: a PIN is short. */
    @WithDefault("20")
    int freePinsPerUser();

    /** The first wait after wrong PINs; each further one doubles it. */
    @WithDefault("1m")
    Duration firstPinWait();

    /** The first wait; each further wrong secret doubles it. */
    @WithDefault("5s")
    Duration firstWait();

    /** No wait is longer. */
    @WithDefault("15m")
    Duration longestWait();

    /** Wrong secrets are forgotten when none followed for this long. */
    @WithDefault("1h")
    Duration forgetAfter();
}
