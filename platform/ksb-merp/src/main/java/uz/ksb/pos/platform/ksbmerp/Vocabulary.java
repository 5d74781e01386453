package uz.ksb.pos.platform.ksbmerp;

import java.util.Locale;
import uz.ksb.pos.platform.caller.Role;

/** KSB-MERP's words that every service reads alike. */
public final class Vocabulary {
    /** The status of an answer that brings what was asked for. */
    public static final String SUCCESSFULLY = "successfully";

    /** The status of an answer that has nothing to bring. */
    private static final String EMPTY = "empty";

    private static final String CARD = "Пластик";

    private Vocabulary() {}

    /** Whether an answer with this status says that it failed; null, no status at all, does not. */
    public static boolean isFailure(String status) {
        return status != null && !status.equalsIgnoreCase(SUCCESSFULLY) && !status.equalsIgnoreCase(EMPTY);
    }

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
