package uz.ksb.pos.sales.batch;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.RequestScoped;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.sale.CurrentSeller;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/**
 * Who brings a batch: a user, or a till alone, because an expired session or a blocked device must not trap sales. What a
 * till alone brings is flagged. Used on worker threads: verifying a token may fetch keys.
 */
@RequestScoped
class BatchCaller {
    static final String DEVICE_ONLY = "device-token";

    private final CurrentIdentityAssociation identity;
    private final CurrentSeller user;
    private final JWTParser parser;
    private final JWTAuthContextInfo trust;
    private final Enterprises enterprises;

    BatchCaller(
            CurrentIdentityAssociation identity,
            CurrentSeller user,
            JWTParser parser,
            JWTAuthContextInfo trust,
            Enterprises enterprises) {
        this.identity = identity;
        this.user = user;
        this.parser = parser;
        this.trust = trust;
        this.enterprises = enterprises;
    }

    /** @throws Problem 401 when neither token is valid */
    Seller identify(String deviceToken) {
        return user().orElseGet(() -> device(deviceToken));
    }

    private Optional<Seller> user() {
        try {
            if (identity.getIdentity().isAnonymous()) {
                return Optional.empty();
            }
        } catch (AuthenticationFailedException expired) {
            return Optional.empty();
        }
        if (!identity.getIdentity().hasRole(Role.IS_CASHIER)) {
            throw new ForbiddenException();
        }
        return Optional.of(user.get());
    }

    private Seller device(String token) {
        JsonWebToken device = verified(token);
        String ksbId = device.getClaim(Claims.KSB_ID);
        Optional<Enterprises.Enterprise> known = enterprises.find(ksbId);
        return new Seller(
                ksbId,
                text(device, Claims.DEVICE_ID, null),
                text(device, Claims.DEVICE_CODE, null),
                null,
                false,
                ZoneId.of(text(
                        device,
                        Claims.ZONE,
                        known.map(enterprise -> enterprise.zone().getId()).orElse("Asia/Tashkent"))),
                LocalTime.parse(text(
                        device,
                        Claims.DAY_START,
                        known.map(enterprise -> enterprise.dayStart().toString())
                                .orElse("00:00"))),
                text(
                        device,
                        Claims.CURRENCY,
                        known.map(Enterprises.Enterprise::currency).orElse("UZS")),
                null,
                true,
                false,
                List.of(DEVICE_ONLY));
    }

    private JsonWebToken verified(String token) {
        if (token != null) {
            JWTAuthContextInfo ofDevices = new JWTAuthContextInfo(trust);
            ofDevices.setExpectedAudience(Set.of(Claims.DEVICE_AUDIENCE));
            try {
                JsonWebToken device = parser.parse(token, ofDevices);
                if (device.getClaim(Claims.KSB_ID) != null) {
                    return device;
                }
            } catch (ParseException refused) {
                // Told below, without why: the caller is not one of ours.
            }
        }
        throw Problem.unauthorized("not-authenticated", "A valid token is needed.");
    }

    private static String text(JsonWebToken token, String claim, String absent) {
        Object value = token.getClaim(claim);
        return value == null ? absent : value.toString();
    }
}
