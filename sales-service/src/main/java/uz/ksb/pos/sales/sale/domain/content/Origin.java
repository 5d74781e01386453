package uz.ksb.pos.sales.sale.domain.content;

import java.time.Instant;

/**
 * The maker of a sale, and the place.
 *
 * @param deviceCode the till's short number; null when not known
 * @param uploader who brought it to the server
 */
public record Origin(String deviceId, String deviceCode, String cashier, String uploader, Instant openedAt) {
    public static Origin of(Seller seller, Instant now) {
        return new Origin(seller.deviceId(), seller.deviceCode(), seller.login(), seller.login(), now);
    }
}
