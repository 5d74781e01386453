package uz.ksb.pos.platform.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The caller, as the verified token says: the only source of the enterprise.
 *
 * @param ksbId eight digits
 * @param deviceId of the till; null for machines
 * @param deviceCode the till's short number, first part of a sale's number; null when not told
 * @param userId the token's {@code sub}
 * @param login the token's {@code preferred_username}; without one, its {@code sub}
 * @param zone the enterprise's time zone
 * @param dayStart when its business day begins
 * @param currency its main currency
 * @param maxDiscountPercent null: not limited
 * @param priceTypes ids of those at which the caller may sell; empty: at any
 */
public record Caller(
        String ksbId,
        String deviceId,
        String deviceCode,
        String userId,
        String login,
        Set<Role> roles,
        ZoneId zone,
        LocalTime dayStart,
        String currency,
        BigDecimal maxDiscountPercent,
        Set<String> priceTypes,
        boolean mayChangePrice,
        boolean maySeePurchasePrice,
        boolean maySeeTotals) {

    /** The identity's attribute that holds its caller. */
    static final String ATTRIBUTE = Caller.class.getName();

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** The caller that an identity names; empty when its token names no enterprise. */
    public static Optional<Caller> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
    }

    /**
     * Reads a token whose signature and validity were checked.
     *
     * @throws DateTimeException when its zone or day start is none
     * @throws NumberFormatException when its highest discount is none
     */
    public static Caller of(JsonWebToken token) {
        return new Caller(
                token.getClaim(Claims.KSB_ID),
                token.getClaim(Claims.DEVICE_ID),
                text(token, Claims.DEVICE_CODE, null),
                token.getSubject(),
                text(token, "preferred_username", token.getSubject()),
                Role.among(token.getGroups()),
                ZoneId.of(text(token, Claims.ZONE, "Asia/Tashkent")),
                LocalTime.parse(text(token, Claims.DAY_START, "00:00")),
                text(token, Claims.CURRENCY, "UZS"),
                decimal(token, Claims.MAX_DISCOUNT),
                texts(token, Claims.PRICE_TYPES),
                flag(token, Claims.MAY_CHANGE_PRICE),
                flag(token, Claims.MAY_SEE_PURCHASE_PRICE),
                flag(token, Claims.MAY_SEE_TOTALS));
    }

    private static String text(JsonWebToken token, String claim, String absent) {
        Object value = token.getClaim(claim);
        return value == null ? absent : value.toString();
    }

    /** A single text is a list of one: a claim of another form must not lift a limit. */
    private static Set<String> texts(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        Collection<?> values = value instanceof Collection<?> some ? some : value == null ? List.of() : List.of(value);
        return values.stream()
                .map(one -> one instanceof JsonString text ? text.getString() : one.toString())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static BigDecimal decimal(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value == null ? null : new BigDecimal(value.toString());
    }

    private static boolean flag(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value != null && Boolean.parseBoolean(value.toString());
    }
}
