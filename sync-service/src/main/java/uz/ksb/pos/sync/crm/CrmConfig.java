package uz.ksb.pos.sync.crm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the CRM is told of completed syncs. */
@ConfigMapping(prefix = "pos.crm")
interface CrmConfig {
    /** The address that receives a POST for each completed sync; absent: none is sent. */
    Optional<String> url();

    /** The webhook's signing secret ({@code whsec_…}). */
    Optional<String> secret();

    /** The address that tells licences, before {@code /{ksbId}}; absent: the ERP's word counts. */
    Optional<String> licenceUrl();

    /** How long an answer may take. */
    @WithDefault("10s")
    Duration timeout();

    /** Pauses after each failed attempt; after the last the request stays listed until someone sends it again. */
    @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
    List<Duration> pauses();
}
