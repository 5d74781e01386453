package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.customer.CustomerImport.ImportedCustomer;
import uz.ksb.pos.sales.customer.CustomerView.Balance;

/** Reads a customer's row; what cannot be read says why. */
final class CustomerRow {
    private static final int MAX_TEXT_LENGTH = 300;
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,16}(\\.[0-9]{1,2}0*)?");
    private static final UUID NOBODY = new UUID(0, 0);

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
        String text = row.path(field).asText("");
        if (text.isBlank()) {
            return "";
        }
        String fault = StorableText.fault(text, MAX_TEXT_LENGTH);
        require(fault == null, field + " " + fault);
        return StorableText.stored(text);
    }

    private static UUID id(JsonNode row) {
        try {
            UUID id = UUID.fromString(row.path("id").asText());
            require(!id.equals(NOBODY), "it means no customer");
            return id;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("id is not a customer's UUID", e);
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
        String text = value.isNumber() ? value.decimalValue().toString() : value.asText();
        require(AMOUNT.matcher(text).matches(), "a balance is not a number of at most 16 digits and 2 decimals");
        return new BigDecimal(text);
    }

    private static void require(boolean fulfilled, String reason) {
        if (!fulfilled) {
            throw new IllegalArgumentException(reason);
        }
    }
}
