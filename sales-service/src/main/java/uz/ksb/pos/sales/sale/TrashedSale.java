package uz.ksb.pos.sales.sale;

import java.util.UUID;

/** An open sale that was thrown away, and can be brought back. */
public record TrashedSale(String ksbId, UUID id, int revision, SaleContent content, Origin origin) implements Sale {
    SaleEvent restore() {
        return new SaleEvent.SaleUpdated(new OpenSale(ksbId, id, revision + 1, content, origin));
    }
}
