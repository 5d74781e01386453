package uz.ksb.pos.platform.caller;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.UnreachableKeys;

/** Verifies the token by which a manager, by PIN, lets one sale at one till pass. Blocks: it may fetch keys. */
@ApplicationScoped
public class ApprovalVerifier {
    private static final int MAX_LENGTH = 4_000;
    /** A sale made offline is brought late. */
    private static final Duration MAX_LATENESS = Duration.ofDays(400);

    private final JWTParser parser;
    private final JWTAuthContextInfo trust;
    /** Tokens are issued in real time, whatever offset the business clock has. */
    private final Clock clock = Clock.systemUTC();

    ApprovalVerifier(JWTParser parser, JWTAuthContextInfo trust) {
        this.parser = parser;
        this.trust = trust;
    }

    /**
     * The rights that a manager gave for one sale; each of them only if it was asked for.
     *
     * @param login of the manager
     * @param maxDiscountPercent zero: no discount
     * @param mayReturn whether goods may come back without a receipt
     */
    public record Approval(String login, BigDecimal maxDiscountPercent, boolean mayChangePrice, boolean mayReturn) {}

    /** The sale that an approval must be for, and the till of that sale. */
    public record Subject(String ksbId, String deviceId, UUID saleId) {}

    /**
     * The approval, when it is valid now.
     *
     * @throws Problem 503 when the keys cannot be fetched
     */
    public Optional<Approval> verified(String token, Subject sale) {
        return verified(token, sale, Duration.ZERO);
    }

    /**
     * The approval of a sale that was finished before; it may have ended since.
     *
     * @throws Problem 503 when the keys cannot be fetched
     */
    public Optional<Approval> verifiedLate(String token, Subject sale) {
        return verified(token, sale, MAX_LATENESS);
    }

    private Optional<Approval> verified(String token, Subject sale, Duration late) {
        if (token == null || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        JWTAuthContextInfo ofApprovals = new JWTAuthContextInfo(trust);
        ofApprovals.setExpectedAudience(Set.of(Claims.APPROVAL_AUDIENCE));
        ofApprovals.setClockSkew(Math.toIntExact(late.toSeconds()) + trust.getClockSkew());
        try {
            return Optional.of(parser.parse(token, ofApprovals))
                    .filter(approval -> isFor(sale, approval))
                    .filter(approval -> !VerifiedIdentityCache.isIssuedLater(approval, clock.instant()))
                    .map(ApprovalVerifier::approval);
        } catch (ParseException | NumberFormatException refused) {
            if (UnreachableKeys.explain(refused)) {
                throw UnreachableKeys.problem();
            }
            return Optional.empty();
        }
    }

    private static boolean isFor(Subject sale, JsonWebToken approval) {
        return Objects.equals(text(approval, Claims.KSB_ID), sale.ksbId())
                && sale.deviceId() != null
                && sale.deviceId().equalsIgnoreCase(text(approval, Claims.DEVICE_ID))
                && sale.saleId().toString().equalsIgnoreCase(text(approval, Claims.SALE_ID));
    }

    private static Approval approval(JsonWebToken token) {
        String discount = text(token, Claims.MAX_DISCOUNT);
        return new Approval(
                text(token, "preferred_username"),
                discount == null ? BigDecimal.ZERO : new BigDecimal(discount),
                Boolean.parseBoolean(text(token, Claims.MAY_CHANGE_PRICE)),
                Role.among(token.getGroups()).contains(Role.MANAGER));
    }

    private static String text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value == null ? null : value.toString();
    }
}
