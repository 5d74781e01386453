package uz.ksb.pos.settings.enterprise;

/** The rule for selling more than is in stock. */
public enum NegativeStock {
    FORBID,
    WARN,
    ALLOW
}
