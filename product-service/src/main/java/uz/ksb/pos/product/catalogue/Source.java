package uz.ksb.pos.product.catalogue;

import java.time.Instant;

/**
 * How rows came here.
 *
 * @param bulk as part of an import
 * @param readAt when their source began to be read for them; null: it pushed them
 */
public record Source(boolean bulk, Instant readAt) {
    public static Source pushed(boolean bulk) {
        return new Source(bulk, null);
    }

    boolean isReading() {
        return readAt != null;
    }
}
