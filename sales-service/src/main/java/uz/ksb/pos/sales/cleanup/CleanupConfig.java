package uz.ksb.pos.sales.cleanup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** When empty sales are deleted. */
@ConfigMapping(prefix = "pos.sales.empty")
interface CleanupConfig {
    /** The time from the beginning of a run to that of the next. */
    @WithDefault("P2D")
    Duration every();

    /** How long a sale must have been left alone. */
    @WithDefault("2h")
    Duration idle();

    /** Sales per transaction, at least 1. */
    @WithDefault("200")
    int batch();

    /** How often each process looks whether a run is due or unfinished; {@code off}: never. */
    Optional<String> look();
}
