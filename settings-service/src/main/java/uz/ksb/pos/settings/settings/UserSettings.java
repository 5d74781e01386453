package uz.ksb.pos.settings.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.CurrencyCode;
import uz.ksb.pos.platform.text.StoredText;

/**
 * A user's view and rights. Language and theme are the user's own; the rest is given by the back office or an ADMIN.
 *
 * @param language uz-Latn, uz-Cyrl, ru or en
 * @param currency in which this user sells
 * @param warehouses from which this user may sell, one of them the main one
 * @param maxDiscountPercent 0 to 100, measured against the catalogue price; null: not limited
 */
public record UserSettings(
        @NotNull @Pattern(regexp = "uz-Latn|uz-Cyrl|ru|en", message = "must be uz-Latn, uz-Cyrl, ru or en")
        String language,

        @NotNull @Pattern(regexp = "light|dark|system", message = "must be light, dark or system")
        String theme,

        @NotNull @CurrencyCode String currency,

        @Size(max = 100) List<@NotNull @Valid Choice> warehouses,
        @Size(max = 100) List<@NotNull @Valid Choice> priceTypes,
        @Size(max = 100) List<@NotNull @Valid CashDesk> cashDesks,

        @DecimalMin("0") @DecimalMax("100") @Digits(integer = 3, fraction = 2)
        BigDecimal maxDiscountPercent,

        boolean mayChangePrice,
        boolean maySeePurchasePrice,
        boolean maySeeTotals) {

    private static final int MAX_DIGITS = 100;
    /** The price types stand in the user's tokens, which travel with each request. */
    private static final int MAX_PRICE_TYPES_BYTES = 4_000;

    /** In one form, so that equal settings are equal records. */
    public UserSettings {
        warehouses = warehouses == null ? List.of() : warehouses;
        priceTypes = priceTypes == null ? List.of() : priceTypes;
        cashDesks = cashDesks == null ? List.of() : cashDesks;
        maxDiscountPercent = plain(maxDiscountPercent);
    }

    /** One warehouse or price type. */
    public record Choice(@NotNull @StoredText(max = 100) String id, boolean main) {}

    /** The cash desk of a kind of payment. */
    public record CashDesk(
            @NotNull Kind kind,
            @NotNull @StoredText(max = 100) String id) {
        /** A kind of payment that is kept somewhere. */
        public enum Kind {
            CASH,
            CARD
        }
    }

    /** The defaults of this role. */
    static UserSettings of(Role role, String currency) {
        boolean trusted = role != Role.CASHIER;
        return new UserSettings(
                "uz-Latn",
                "system",
                currency,
                List.of(),
                List.of(),
                List.of(),
                trusted ? null : BigDecimal.ZERO,
                trusted,
                trusted,
                trusted);
    }

    /** These settings with the other's language and theme. */
    UserSettings withOwnOf(UserSettings other) {
        return new UserSettings(
                other.language,
                other.theme,
                currency,
                warehouses,
                priceTypes,
                cashDesks,
                maxDiscountPercent,
                mayChangePrice,
                maySeePurchasePrice,
                maySeeTotals);
    }

    /** @throws Problem 422 when several or none of the warehouses or price types are the main one, or too long together */
    void mustBeConsistent() {
        oneMustBeMain("warehouses", warehouses);
        oneMustBeMain("priceTypes", priceTypes);
        int bytes = priceTypes.stream()
                .mapToInt(type -> type.id().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MAX_PRICE_TYPES_BYTES) {
            throw Problem.rule("too-long", "priceTypes", "are more than " + MAX_PRICE_TYPES_BYTES + " bytes");
        }
    }

    private static void oneMustBeMain(String field, List<Choice> choices) {
        if (!choices.isEmpty() && choices.stream().filter(Choice::main).count() != 1) {
            throw Problem.rule("one-main", field, "exactly one must be the main one");
        }
    }

    /**
     * A number with more digits than a percentage has stays as it is, to be refused: written out, it could fill the
     * memory.
     */
    static BigDecimal plain(BigDecimal number) {
        if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS) {
            return number;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
