package uz.ksb.pos.sales.customer;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.text.SearchText;

/**
 * A customer as everybody sees it.
 *
 * @param balances positive: credit, negative: debt
 * @param version rises with every change
 */
public record CustomerView(UUID id, String name, String phone, List<Balance> balances, boolean archived, long version) {
    public record Balance(String currency, BigDecimal amount) {}

    /** The text by which a search finds a customer: the name, the phone, and the phone without signs and spaces. */
    static String searchText(String name, String phone) {
        String digits = phone.replaceAll("\\D", "");
        return SearchText.of(name + " " + phone + (digits.equals(phone) ? "" : " " + digits));
    }

    CustomerView withDetails(String newName, String newPhone, boolean nowArchived) {
        return new CustomerView(id, newName, newPhone, balances, nowArchived, version);
    }

    CustomerView nextVersion() {
        return new CustomerView(id, name, phone, balances, archived, version + 1);
    }
}
