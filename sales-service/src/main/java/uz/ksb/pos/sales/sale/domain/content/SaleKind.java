package uz.ksb.pos.sales.sale.domain.content;

/** A return's amounts are positive: the kind gives the sign. */
public enum SaleKind {
    SALE,
    RETURN
}
