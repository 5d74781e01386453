package uz.ksb.pos.sales.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the back office is spoken to. */
@ConfigMapping(prefix = "pos.back-office")
interface BackOfficeConfig {
    /** Rules of single enterprises, by KSB-ID; an absent value is as below. */
    Map<String, Enterprise> enterprise();

    /** How long an answer to create_sales may take. */
    @WithDefault("120s")
    Duration timeout();

    /** Sales per call, 1 to 50. */
    @WithDefault("1")
    int batch();

    /** How returns are sent, where an enterprise has no rule of its own. */
    @WithDefault("NEGATIVE_SALE")
    Returns returns();

    /** Exact messages of an error which say that the document is there already; {@code {document}} is the sale's id. */
    @WithDefault("already exists,document already exists,document {document} already exists,"
            + "уже существует,документ уже существует,документ {document} уже существует,"
            + "allaqachon mavjud,hujjat allaqachon mavjud,{document} allaqachon mavjud")
    List<String> alreadyThere();

    /** Statuses of an answer which say the same. */
    @WithDefault("exists,already_exists,duplicate")
    List<String> alreadyThereStatuses();

    /**
     * The method by which the back office tells which documents it has. KSB-MERP has no documented one; without it nobody asks.
     *
     * <p>It is called with {@code {"documents": [ids]}} and answers {@code {"documents": [{"document", "sum"?}]}} of those it has.
     */
    Optional<String> checkMethod();

    /** The pause after the first failure; each further one doubles it. */
    @WithDefault("5s")
    Duration firstPause();

    /** No pause is longer. */
    @WithDefault("5m")
    Duration longestPause();

    /** One enterprise's rules. */
    interface Enterprise {
        Optional<Returns> returns();

        Optional<String> checkMethod();
    }

    /** The back office has no documented method for returns. */
    enum Returns {
        /** As a sale with negative quantities and sums. */
        NEGATIVE_SALE,
        /** Not at all: they stay undelivered until someone enters them by hand and closes them. */
        HOLD
    }
}
