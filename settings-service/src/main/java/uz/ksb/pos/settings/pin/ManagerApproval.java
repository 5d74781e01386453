package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.key.TokenSigning;
import uz.ksb.pos.settings.settings.UserSettings;
import uz.ksb.pos.settings.settings.UserSettingsStore;
import uz.ksb.pos.settings.user.User;

/**
 * A manager lets a cashier do, in one sale, what the cashier may not do. The approval names the enterprise, the till, the sale
 * and what was asked, so that it opens nothing else.
 */
@ApplicationScoped
class ManagerApproval {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final PinCheck pins;
    private final UserSettingsStore settings;
    private final TokenSigning signing;

    ManagerApproval(PinCheck pins, UserSettingsStore settings, TokenSigning signing) {
        this.pins = pins;
        this.settings = settings;
        this.signing = signing;
    }

    /** Fails as {@link PinCheck#user} does, with 403 when it is no manager's PIN, with 422 when the manager may not do it. */
    Uni<Approval> approve(Caller cashier, NewApproval asked) {
        mustBeAtTill(cashier);
        return pins.user(cashier.ksbId(), asked.login(), asked.pin(), cashier.deviceId())
                .invoke(ManagerApproval::mustBeManager)
                .chain(manager -> settings.of(manager, cashier.currency())
                        .invoke(given -> mustBeAllowed(asked, given.content()))
                        .map(given -> approval(cashier, manager, asked, given.content())));
    }

    private static void mustBeAtTill(Caller cashier) {
        if (cashier.deviceId() == null) {
            throw Problem.forbidden("not-at-a-till", "An approval is given at a till.");
        }
    }

    private static void mustBeManager(User user) {
        if (user.role() == Role.CASHIER) {
            throw Problem.forbidden("not-a-manager", "This user may not approve.");
        }
    }

    private static void mustBeAllowed(NewApproval asked, UserSettings own) {
        BigDecimal limit = own.maxDiscountPercent();
        if (asked.discountPercent() != null
                && limit != null
                && asked.discountPercent().compareTo(limit) > 0) {
            throw Problem.rule(
                    "approval-exceeds",
                    "discountPercent",
                    "exceeds the manager's own limit of " + limit.toPlainString() + " %");
        }
        if (asked.price() && !own.mayChangePrice()) {
            throw Problem.rule("approval-exceeds", "price", "this manager may not change prices");
        }
    }

    private Approval approval(Caller cashier, User manager, NewApproval asked, UserSettings own) {
        Map<String, Object> claims = Map.of(
                "sub",
                manager.userId().toString(),
                "preferred_username",
                manager.login(),
                "groups",
                asked.returnWithoutReceipt() ? List.of(Role.MANAGER.name()) : List.of(),
                Claims.KSB_ID,
                cashier.ksbId(),
                Claims.DEVICE_ID,
                cashier.deviceId(),
                Claims.SALE_ID,
                asked.saleId().toString(),
                Claims.MAX_DISCOUNT,
                Optional.ofNullable(asked.discountPercent())
                        .orElse(BigDecimal.ZERO)
                        .toPlainString(),
                Claims.MAY_CHANGE_PRICE,
                Boolean.toString(asked.price()));
        return new Approval(
                signing.approval(claims, LIFE),
                manager.login(),
                manager.displayName(),
                LIFE.toSeconds(),
                own.maxDiscountPercent(),
                own.mayChangePrice());
    }
}
