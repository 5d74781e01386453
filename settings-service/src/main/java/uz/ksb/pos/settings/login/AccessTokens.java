package uz.ksb.pos.settings.login;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.key.TokenSigning;
import uz.ksb.pos.settings.settings.UserSettings;
import uz.ksb.pos.settings.user.User;

/** The claims of an access token: who, where, and what they may do. */
@ApplicationScoped
public class AccessTokens {
    private final TokenSigning signing;
    private final LoginConfig config;

    AccessTokens(TokenSigning signing, LoginConfig config) {
        this.signing = signing;
        this.config = config;
    }

    public Duration life() {
        return config.accessLife();
    }

    /** A token for a machine. */
    public String ofMachine(String clientId, Role role, Enterprise enterprise) {
        return signing.access(claims(clientId, clientId, role, enterprise), life());
    }

    String ofUser(User user, Device device, Enterprise enterprise, UserSettings settings) {
        Map<String, Object> claims = claims(user.userId().toString(), user.login(), user.role(), enterprise);
        claims.put(Claims.DEVICE_ID, device.deviceId().toString());
        claims.put(Claims.DEVICE_CODE, device.code());
        claims.put(Claims.MAY_CHANGE_PRICE, Boolean.toString(settings.mayChangePrice()));
        claims.put(Claims.MAY_SEE_PURCHASE_PRICE, Boolean.toString(settings.maySeePurchasePrice()));
        claims.put(Claims.MAY_SEE_TOTALS, Boolean.toString(settings.maySeeTotals()));
        if (settings.maxDiscountPercent() != null) {
            claims.put(Claims.MAX_DISCOUNT, settings.maxDiscountPercent().toPlainString());
        }
        if (!settings.priceTypes().isEmpty()) {
            claims.put(
                    Claims.PRICE_TYPES,
                    settings.priceTypes().stream().map(UserSettings.Choice::id).toList());
        }
        return signing.access(claims, life());
    }

    private static Map<String, Object> claims(String subject, String login, Role role, Enterprise enterprise) {
        List<String> groups =
                role.withIncluded().stream().map(Role::name).sorted().toList();
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", subject);
        claims.put("preferred_username", login);
        claims.put("groups", groups);
        claims.put(Claims.KSB_ID, enterprise.ksbId());
        claims.put(Claims.ZONE, enterprise.zone().getId());
        claims.put(Claims.DAY_START, enterprise.dayStart().toString());
        claims.put(Claims.CURRENCY, enterprise.currency());
        return claims;
    }
}
