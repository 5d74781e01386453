package uz.ksb.pos.sales.sale.domain;

import java.util.UUID;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/** An open sale that was thrown away, and can be brought back. */
public record TrashedSale(String ksbId, UUID id, int revision, SaleContent content, Origin origin) implements Sale {
    public SaleEvent restore() {
        return new SaleEvent.SaleUpdated(new OpenSale(ksbId, id, revision + 1, content, origin));
    }
}
