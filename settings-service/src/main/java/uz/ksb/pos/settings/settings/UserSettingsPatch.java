package uz.ksb.pos.settings.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import uz.ksb.pos.platform.caller.Role;

/** The settings that the back office gives to a user; null is what it does not speak of. Language and theme are never among it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserSettingsPatch(
        String currency,
        List<UserSettings.Choice> warehouses,
        List<UserSettings.Choice> priceTypes,
        List<UserSettings.CashDesk> cashDesks,
        BigDecimal maxDiscountPercent,
        Boolean mayChangePrice,
        Boolean maySeePurchasePrice) {
    public static final UserSettingsPatch NONE = new UserSettingsPatch(null, null, null, null, null, null, null);

    /** In one form, so that equal settings are equal records. */
    public UserSettingsPatch {
        maxDiscountPercent = UserSettings.plain(maxDiscountPercent);
    }

    /** The fields that are new or differ from before. */
    public UserSettingsPatch changedSince(UserSettingsPatch before) {
        return new UserSettingsPatch(
                anew(currency, before.currency),
                anew(warehouses, before.warehouses),
                anew(priceTypes, before.priceTypes),
                anew(cashDesks, before.cashDesks),
                anew(maxDiscountPercent, before.maxDiscountPercent),
                anew(mayChangePrice, before.mayChangePrice),
                anew(maySeePurchasePrice, before.maySeePurchasePrice));
    }

    /** @throws uz.ksb.pos.platform.problem.Problem when they contradict themselves */
    public UserSettings onDefaults(Role role) {
        UserSettings settings = on(UserSettings.of(role, "UZS"));
        settings.mustBeConsistent();
        return settings;
    }

    UserSettings on(UserSettings present) {
        return new UserSettings(
                present.language(),
                present.theme(),
                given(currency, present.currency()),
                given(warehouses, present.warehouses()),
                given(priceTypes, present.priceTypes()),
                given(cashDesks, present.cashDesks()),
                given(maxDiscountPercent, present.maxDiscountPercent()),
                given(mayChangePrice, present.mayChangePrice()),
                given(maySeePurchasePrice, present.maySeePurchasePrice()),
                present.maySeeTotals());
    }

    static <T> T anew(T now, T before) {
        return Objects.equals(now, before) ? null : now;
    }

    static <T> T given(T now, T present) {
        return now == null ? present : now;
    }
}
