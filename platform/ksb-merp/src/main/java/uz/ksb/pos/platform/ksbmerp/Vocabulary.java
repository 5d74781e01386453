package uz.ksb.pos.platform.ksbmerp;

import java.util.Locale;
import uz.ksb.pos.platform.caller.Role;

/** KSB-MERP's words that every service reads alike. */
public final class Vocabulary {
    /** The status of an answer that brings what was asked for. */
    public static final String SUCCESSFULLY = "successfully";

    private static final String CARD = "Пластик";

    private Vocabulary() {}

    /** @param type the {@code usertype} of a user; an unknown one is a cashier */
    public static Role role(String type) {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "admin", "administrator", "администратор" -> Role.ADMIN;
            case "manager", "menejer", "менеджер" -> Role.MANAGER;
            default -> Role.CASHIER;
        };
    }

    /**
     * @param type of a cash desk: {@code Наличные} or {@code Пластик}
     * @return CASH or CARD
     */
    public static String payment(String type) {
        return type.equals(CARD) ? "CARD" : "CASH";
    }
}
