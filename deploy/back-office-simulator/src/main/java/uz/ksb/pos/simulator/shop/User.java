package uz.ksb.pos.simulator.shop;

/**
 * A user and what the back office grants to it.
 *
 * @param type {@code admin}, {@code manager} or {@code cashier}
 * @param maxDiscount percent
 */
public record User(
        String id, String login, String name, String type, int maxDiscount, boolean changePrice, boolean viewBuy) {}
