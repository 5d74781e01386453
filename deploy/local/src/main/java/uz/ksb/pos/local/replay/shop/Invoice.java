package uz.ksb.pos.local.replay.shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One sale or return of the files, with what is sold only (no stock write-offs).
 *
 * @param at the time of its first line, in the enterprise's zone
 * @param customer empty: nobody known
 * @param lines in the order of the file, with positive quantities
 */
public record Invoice(String number, LocalDateTime at, String customer, List<Item> lines) {

    /** One line. */
    public record Item(String code, BigDecimal quantity, BigDecimal price) {

        BigDecimal sum() {
            return price.multiply(quantity).setScale(2, RoundingMode.HALF_UP);
        }
    }

    public static boolean isReturn(String number) {
        return number.startsWith("C");
    }

    public boolean isReturn() {
        return isReturn(number);
    }

    public BigDecimal total() {
        return lines.stream().map(Item::sum).reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}
