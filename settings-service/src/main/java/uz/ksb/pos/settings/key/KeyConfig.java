package uz.ksb.pos.settings.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The folder of the keys. */
@ConfigMapping(prefix = "pos.keys")
interface KeyConfig {
    /** A folder of PEM files; where {@code pos.environment=local} a missing key is made there. */
    Optional<Path> directory();

    /**
     * For how long a key that appears is published before it signs, whatever the time in its name: longer than replicas and
     * verifying services take to notice it.
     */
    @WithDefault("90s")
    Duration lead();
}
