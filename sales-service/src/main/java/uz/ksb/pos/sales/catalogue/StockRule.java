package uz.ksb.pos.sales.catalogue;

/** The rule for selling more than is there. */
public enum StockRule {
    FORBID,
    /** It is sold, and flagged. */
    WARN,
    ALLOW
}
