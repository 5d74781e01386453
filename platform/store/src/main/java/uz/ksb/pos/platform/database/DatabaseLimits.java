package uz.ksb.pos.platform.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long a request waits for a database that is frozen or cut off. Both together are below the 10 s of every answer.
 */
@ConfigMapping(prefix = "pos.database")
interface DatabaseLimits {
    /** The longest wait for a free connection of the pool, or a new one. */
    @WithDefault("4s")
    Duration connection();

    /** For the answer to a statement; afterwards the connection is closed. PostgreSQL ends a statement half a second earlier. */
    @WithDefault("5s")
    Duration answer();
}
