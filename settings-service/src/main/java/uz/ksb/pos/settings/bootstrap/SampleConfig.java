package uz.ksb.pos.settings.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The sample enterprises; production refuses them. */
@ConfigMapping(prefix = "pos.sample")
interface SampleConfig {
    /** Whether they are there. */
    @WithDefault("false")
    boolean data();

    /** The password of every sample user and client; set anew when it differs from the stored one. */
    Optional<String> password();
}
