package uz.ksb.pos.settings.enterprise;

/** What happens when more is sold than is in stock. */
public enum NegativeStock {
    FORBID,
    WARN,
    ALLOW
}
