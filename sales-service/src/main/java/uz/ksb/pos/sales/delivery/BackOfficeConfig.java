package uz.ksb.pos.sales.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where the back office is and how it is spoken to. Addresses and passwords come from here only, never from a client. */
@ConfigMapping(prefix = "pos.back-office")
interface BackOfficeConfig {
    /** Base address of KSB-MERP, before {@code /hs/ksbmerp_pos}; absent: sales wait. */
    Optional<String> url();

    Optional<String> user();

    Optional<String> password();

    /** Another one for single enterprises, by KSB-ID; what is absent there is as above. */
    Map<String, Own> enterprise();

    /** How long an answer to create_sales may take. */
    @WithDefault("120s")
    Duration timeout();

    /** Sales per call, 1 to 50. */
    @WithDefault("1")
    int batch();

    /** How returns are sent, where an enterprise has no rule of its own. */
    @WithDefault("NEGATIVE_SALE")
    Returns returns();

    /** What the message of a refusal says when the sale is there already (a regular expression). */
    @WithDefault("(?iu)already|уже (есть|существует|создан|загружен|проведен|принят)|allaqachon|mavjud")
    String alreadyThere();

    /** The pause after the first failure; each further one doubles it. */
    @WithDefault("5s")
    Duration firstPause();

    /** No pause is longer. */
    @WithDefault("5m")
    Duration longestPause();

    interface Own {
        Optional<String> url();

        Optional<String> user();

        Optional<String> password();

        Optional<Returns> returns();
    }

    /** The back office has no documented method for returns. */
    enum Returns {
        /** As a sale with negative quantities and sums. */
        NEGATIVE_SALE,
        /** Not at all: they stay undelivered until someone enters them by hand and closes them. */
        HOLD
    }
}
