package uz.ksb.pos.platform.caller;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.UnreachableKeys;

/** Verifies the token that proves a till, without a user. Blocks: it may fetch keys. */
@ApplicationScoped
public class DeviceTokenVerifier {
    /** The request header that carries it. */
    public static final String HEADER = "X-Device-Token";

    private final JWTParser parser;
    private final JWTAuthContextInfo trust;
    /** Tokens are issued in real time, whatever offset the business clock has. */
    private final Clock clock = Clock.systemUTC();

    DeviceTokenVerifier(JWTParser parser, JWTAuthContextInfo trust) {
        this.parser = parser;
        this.trust = trust;
    }

    /**
     * The claims of a valid device token that names its enterprise.
     *
     * @param token null: none was sent
     * @throws Problem 503 when the keys cannot be fetched
     */
    public Optional<JsonWebToken> verified(String token) {
        if (token == null) {
            return Optional.empty();
        }
        JWTAuthContextInfo ofDevices = new JWTAuthContextInfo(trust);
        ofDevices.setExpectedAudience(Set.of(Claims.DEVICE_AUDIENCE));
        try {
            return Optional.of(parser.parse(token, ofDevices))
                    .filter(device -> device.getClaim(Claims.KSB_ID) != null)
                    .filter(device -> !VerifiedIdentityCache.isIssuedLater(device, clock.instant()));
        } catch (ParseException refused) {
            if (UnreachableKeys.explain(refused)) {
                throw UnreachableKeys.problem();
            }
            return Optional.empty();
        }
    }
}
