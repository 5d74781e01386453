package uz.ksb.pos.sales.sale.domain;

import java.util.UUID;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/** A sale in one of its states. */
public sealed interface Sale permits OpenSale, CompletedSale, TrashedSale {
    String ksbId();

    UUID id();

    /** Rises with every change. */
    int revision();

    SaleContent content();

    Origin origin();

    default SaleView view() {
        return SaleView.of(this);
    }
}
