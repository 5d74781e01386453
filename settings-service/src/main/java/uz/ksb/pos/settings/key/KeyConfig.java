package uz.ksb.pos.settings.key;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the keys are. */
@ConfigMapping(prefix = "pos.keys")
interface KeyConfig {
    /** A folder of PEM files; where {@code pos.environment=local} a missing key is made there. */
    Path directory();
}
