package uz.ksb.pos.settings.backoffice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where the enterprises' ERPs are. Never from a client. */
@ConfigMapping(prefix = "pos.back-office")
interface BackOfficeConfig {
    /** Base address of KSB-MERP, before {@code /hs/ksbmerp_pos}; absent: there is none. */
    Optional<String> url();

    /** For HTTP Basic. */
    Optional<String> user();

    /** For HTTP Basic. */
    Optional<String> password();

    /** Another one for single enterprises, by KSB-ID; what is absent there is as above. */
    Map<String, Own> enterprise();

    /** How long a person who logs in waits for its answer. */
    @WithDefault("10s")
    Duration loginTimeout();

    /** One enterprise's ERP. */
    interface Own {
        /** Base address. */
        Optional<String> url();

        /** For HTTP Basic. */
        Optional<String> user();

        /** For HTTP Basic. */
        Optional<String> password();
    }
}
