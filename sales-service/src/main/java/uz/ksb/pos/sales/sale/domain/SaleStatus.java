package uz.ksb.pos.sales.sale.domain;

/** The name of a sale's state. */
public enum SaleStatus {
    OPEN,
    COMPLETED,
    TRASHED
}
