package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Text;
import uz.ksb.pos.sales.customer.CustomerImport.ImportedCustomer;
import uz.ksb.pos.sales.customer.CustomerView.Balance;

/** Reads a customer's row; what cannot be read says why. */
final class CustomerRow {
    private static final int LONGEST = 300;

    private CustomerRow() {}

    /**
     * @throws IllegalArgumentException with a reason for people
     */
    static ImportedCustomer read(JsonNode row) {
        boolean deleted = row.path("deleted").asBoolean();
        String name = text(row, "name");
        // A tombstone may come without one.
        require(deleted || !name.isEmpty(), "name is missing");
        require(row.path("version").canConvertToLong(), "version is missing");
        return new ImportedCustomer(
                id(row),
                row.path("version").asLong(),
                name,
                text(row, "phone"),
                deleted || row.path("archived").asBoolean(),
                balances(row.path("balances")));
    }

    private static String text(JsonNode row, String field) {
        String text = row.path(field).asText("").strip();
        require(text.length() <= LONGEST, field + " is too long");
        require(Text.isWhole(text), field + " has a character that cannot be stored");
        return text;
    }

    private static UUID id(JsonNode row) {
        try {
            return UUID.fromString(row.path("id").asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("id is not a UUID", e);
        }
    }

    private static List<Balance> balances(JsonNode given) {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode one : given) {
            require(!one.path("currency").asText().isBlank(), "a balance has no currency");
            require(one.path("currency").asText().matches("[A-Za-z0-9]{1,10}"), "a balance's currency is no code");
            balances.add(new Balance(one.path("currency").asText(), amount(one.path("amount"))));
        }
        return balances;
    }

    private static BigDecimal amount(JsonNode value) {
        try {
            BigDecimal amount = value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
            require(amount.stripTrailingZeros().scale() <= 2, "a balance has more than 2 decimals");
            require(
                    amount.precision() <= 18 && amount.precision() - amount.scale() <= 16,
                    "a balance has too many digits");
            return amount;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a balance is not a number", e);
        }
    }

    private static void require(boolean fulfilled, String reason) {
        if (!fulfilled) {
            throw new IllegalArgumentException(reason);
        }
    }
}
