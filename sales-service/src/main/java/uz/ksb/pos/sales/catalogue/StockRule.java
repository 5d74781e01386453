package uz.ksb.pos.sales.catalogue;

/** What happens when more is sold than is there. */
public enum StockRule {
    FORBID,
    /** It is sold, and flagged. */
    WARN,
    ALLOW
}
