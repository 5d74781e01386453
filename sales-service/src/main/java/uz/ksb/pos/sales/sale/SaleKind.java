package uz.ksb.pos.sales.sale;

/** A return's amounts are positive: the kind gives the sign. */
public enum SaleKind {
    SALE,
    RETURN
}
