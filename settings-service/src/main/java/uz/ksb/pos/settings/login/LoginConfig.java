package uz.ksb.pos.settings.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How people log in. */
@ConfigMapping(prefix = "pos.login")
interface LoginConfig {
    /** Life of an access token: a change of rights acts after this time at the latest. */
    @WithDefault("15m")
    Duration accessLife();

    /** Whether the back office is asked, once, for somebody who has no password here. */
    @WithDefault("false")
    boolean backOffice();
}
