package uz.ksb.pos.simulator.state;

/**
 * The back office's answer about one sale.
 *
 * @param document null when the row named none
 * @param accepted the document is there; otherwise {@code message} says why not
 * @param processed it is posted, too
 */
public record SaleAnswer(String document, boolean accepted, boolean processed, String message) {}
