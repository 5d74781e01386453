package uz.ksb.pos.sales.sale;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.RequestScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.DeviceTokenVerifier;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.UnreachableKeys;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.house.HouseRepository;
import uz.ksb.pos.sales.house.Till;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/**
 * Tells who brings something from a till: a user, or the till alone, because an expired session must not trap sales. A till
 * alone counts when it is approved; the sales of a blocked one are held, whoever's token it has. Used on worker threads:
 * verifying a token may fetch keys.
 */
@RequestScoped
public class TillCaller {
    /** News of a till that was just approved is on its way. */
    private static final Duration NOT_HEARD_YET = Duration.ofSeconds(1);

    private final CurrentIdentityAssociation identity;
    private final CurrentSeller user;
    private final DeviceTokenVerifier tokens;
    private final Enterprises enterprises;
    private final HouseRepository house;
    private final Pool pool;

    TillCaller(
            CurrentIdentityAssociation identity,
            CurrentSeller user,
            DeviceTokenVerifier tokens,
            Enterprises enterprises,
            HouseRepository house,
            Pool pool) {
        this.identity = identity;
        this.user = user;
        this.tokens = tokens;
        this.enterprises = enterprises;
        this.house = house;
        this.pool = pool;
    }

    /** @throws Problem 401 when neither token is valid, 503 when that cannot be told, 403 when the till alone is not one of the enterprise's */
    public Uni<Seller> identify(String deviceToken) {
        Optional<Seller> seller = user();
        if (seller.isPresent()) {
            return house.till(pool, seller.get().ksbId(), seller.get().deviceId())
                    .map(till -> till.status() == Till.Status.BLOCKED
                            ? seller.get().blocked(List.of(Flag.BLOCKED_DEVICE))
                            : seller.get());
        }
        JsonWebToken device = tokens.verified(deviceToken)
                .orElseThrow(() -> Problem.unauthorized("not-authenticated", "A valid token is needed."));
        String ksbId = device.getClaim(Claims.KSB_ID);
        String deviceId = Till.id(text(device, Claims.DEVICE_ID));
        return house.till(pool, ksbId, deviceId).map(till -> device(device, ksbId, deviceId, till));
    }

    private Optional<Seller> user() {
        try {
            if (identity.getIdentity().isAnonymous()) {
                return Optional.empty();
            }
        } catch (AuthenticationFailedException expired) {
            if (UnreachableKeys.explain(expired)) {
                throw UnreachableKeys.problem();
            }
            return Optional.empty();
        }
        if (!identity.getIdentity().hasRole(Role.IS_CASHIER)) {
            throw new ForbiddenException();
        }
        return Optional.of(user.get());
    }

    /**
     * Zone, day and currency are those of now: a till's token is as old as its registration. It proves nobody's rights: its
     * sales are measured by the catalogue, and what a manager approved counts.
     */
    private Seller device(JsonWebToken token, String ksbId, String deviceId, Till till) {
        if (till.status() == null) {
            throw Problem.forbidden("device-unknown", "This till is not known here.", NOT_HEARD_YET);
        }
        if (till.status() == Till.Status.PENDING) {
            throw Problem.forbidden("device-pending", "This till waits for approval.");
        }
        Enterprises.Enterprise usual = enterprises.orUsual(ksbId);
        Seller seller = new Seller(
                ksbId,
                deviceId,
                till.code() == null ? text(token, Claims.DEVICE_CODE) : till.code(),
                null,
                false,
                till.zone() == null ? usual.zone() : till.zone(),
                till.dayStart() == null ? usual.dayStart() : till.dayStart(),
                till.currency() == null ? usual.currency() : till.currency(),
                BigDecimal.ZERO,
                Set.of(),
                false,
                false,
                null,
                List.of(Flag.DEVICE_TOKEN),
                false);
        return till.status() == Till.Status.BLOCKED
                ? seller.blocked(List.of(Flag.DEVICE_TOKEN, Flag.BLOCKED_DEVICE))
                : seller;
    }

    private static String text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value == null ? null : value.toString();
    }
}
