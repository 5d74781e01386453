package uz.ksb.pos.product.catalogue;

import java.util.UUID;

/** The effect of a row on the stored product. */
enum RowOutcome {
    CREATED,
    UPDATED,
    /** The same content, but the source has confirmed it at a later version: older rows are stale from now on. */
    CONFIRMED,
    UNCHANGED,
    STALE;

    /**
     * The stored product.
     *
     * @param listed whether it counts among the enterprise's products
     * @param sold see {@link ShownStock#sold}
     */
    record Stored(long version, UUID hash, boolean listed, String sold) {}

    /** Rows of one reading have one version: of two for one product the later one counts. */
    static boolean isNewer(long version, Stored stored, Source source) {
        return version > stored.version() || source.isReading() && version == stored.version();
    }

    /**
     * @param stored null: nothing yet
     */
    static RowOutcome of(Stored stored, long version, UUID hash, Source source) {
        if (stored == null) {
            return CREATED;
        }
        if (stored.hash().equals(hash)) {
            return version > stored.version() ? CONFIRMED : UNCHANGED;
        }
        return isNewer(version, stored, source) ? UPDATED : STALE;
    }
}
