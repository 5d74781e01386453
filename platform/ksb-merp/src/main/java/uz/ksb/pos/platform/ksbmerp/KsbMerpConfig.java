package uz.ksb.pos.platform.ksbmerp;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** Where the enterprises' back offices are. Never from a client, never through Kafka. */
@ConfigMapping(prefix = "pos.back-office")
interface KsbMerpConfig {
    /** Base address, before {@code /hs/ksbmerp_pos}; absent: only enterprises with one of their own have a back office. */
    Optional<String> url();

    /** For HTTP Basic. */
    Optional<String> user();

    /** For HTTP Basic. */
    Optional<String> password();

    /** The disk that all deltas together may take while they are read; where it is not enough, the largest is given up. */
    @WithDefault("3G")
    MemorySize maxOnDisk();

    /** Another one for single enterprises, by KSB-ID; an absent value is as above. */
    Map<String, Enterprise> enterprise();

    /** One enterprise's back office. */
    interface Enterprise {
        Optional<String> url();

        Optional<String> user();

        Optional<String> password();
    }
}
