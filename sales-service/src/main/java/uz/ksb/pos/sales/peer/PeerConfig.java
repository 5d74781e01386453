package uz.ksb.pos.sales.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The other services. */
@ConfigMapping(prefix = "pos.services")
interface PeerConfig {
    /** Origin of settings-service. */
    @WithDefault("http://127.0.0.1:8081")
    String settingsUrl();

    /** Origin of product-service. */
    @WithDefault("http://127.0.0.1:8082")
    String productUrl();
}
