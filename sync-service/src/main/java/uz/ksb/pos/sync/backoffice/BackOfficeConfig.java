package uz.ksb.pos.sync.backoffice;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where the enterprises' ERPs are. Never from a client, never through Kafka. */
@ConfigMapping(prefix = "pos.back-office")
interface BackOfficeConfig {
    /** Base address for enterprises without one of their own, for example {@code http://erp.example/base}. */
    Optional<String> url();

    /** For HTTP Basic. */
    Optional<String> user();

    /** For HTTP Basic. */
    Optional<String> password();

    /** Addresses of single enterprises, by KSB-ID. */
    Map<String, Enterprise> enterprise();

    /** How long a delta may take. */
    @WithDefault("300s")
    Duration readTimeout();

    /** How long a delta may be; it is kept on the disk while it is read. */
    @WithDefault("512M")
    MemorySize maxAnswer();

    /** One enterprise's ERP. */
    interface Enterprise {
        /** Base address. */
        String url();

        /** For HTTP Basic. */
        String user();

        /** For HTTP Basic. */
        String password();
    }
}
