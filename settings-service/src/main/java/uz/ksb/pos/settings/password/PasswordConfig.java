package uz.ksb.pos.settings.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The cost of a password hash; a stored hash carries its own and stays valid when these change. */
@ConfigMapping(prefix = "pos.password")
interface PasswordConfig {
    /** Memory of one hash, in KiB. */
    @WithDefault("19456")
    int memoryKib();

    /** Passes over that memory. */
    @WithDefault("2")
    int iterations();

    /** Lanes of one hash. */
    @WithDefault("1")
    int parallelism();

    /** How many hashes are computed at the same time; further ones wait their turn. */
    @WithDefault("2")
    int atOnce();
}
