package uz.ksb.pos.gateway.snapshot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The services that own what snapshots show. */
@ConfigMapping(prefix = "pos.services")
public interface OwnerConfig {
    /** Origin of sales-service: totals, sales and tills. */
    @WithDefault("http://127.0.0.1:8083")
    String salesUrl();

    /** Origin of product-service: rates. */
    @WithDefault("http://127.0.0.1:8082")
    String productUrl();

    /** Origin of settings-service. */
    @WithDefault("http://127.0.0.1:8081")
    String settingsUrl();

    /** How long an owner may take for a snapshot; the client's events wait for it. */
    @WithDefault("3s")
    Duration timeout();
}
