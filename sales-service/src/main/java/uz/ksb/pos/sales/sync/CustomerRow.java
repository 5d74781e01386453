package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
        String name = row.path("name").asText().strip();
        require(!name.isEmpty(), "name is missing");
        require(name.length() <= LONGEST, "name is too long");
        require(row.path("version").canConvertToLong(), "version is missing");
        return new ImportedCustomer(
                id(row),
                row.path("version").asLong(),
                name,
                row.path("phone").asText("").strip(),
                row.path("archived").asBoolean() || row.path("deleted").asBoolean(),
                balances(row.path("balances")));
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
            balances.add(new Balance(one.path("currency").asText(), amount(one.path("amount"))));
        }
        return balances;
    }

    private static BigDecimal amount(JsonNode value) {
        try {
            BigDecimal amount = value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
            require(amount.stripTrailingZeros().scale() <= 2, "a balance has more than 2 decimals");
            require(amount.precision() <= 18, "a balance has too many digits");
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
