package uz.ksb.pos.product.sold;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A finished sale as far as the stock is concerned.
 *
 * @param revision rising: of two events of one sale the higher one counts
 * @param settledAt since when the back office is to have it; null: it has not
 */
public record FinishedSale(String ksbId, UUID id, int revision, Instant settledAt, List<Cell> cells) {
    public FinishedSale {
        cells = List.copyOf(cells);
    }

    /**
     * A product's quantity in one warehouse.
     *
     * @param warehouse empty: nobody says
     * @param quantity negative when it comes back
     */
    public record Cell(String product, String warehouse, BigDecimal quantity) {}
}
