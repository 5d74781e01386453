package uz.ksb.pos.settings.key;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.IssuerTokens;

/**
 * Verifies tokens with our own keys, in memory. A bearer token that is not signed with one of them is left to the issuer that
 * the configuration names ({@code mp.jwt.verify.*}), if it names one.
 */
@Alternative
@Priority(2)
@ApplicationScoped
public class LocalTokenVerifier extends JWTCallerPrincipalFactory {
    /** How far another replica's clock may be ahead. */
    private static final int MAX_AHEAD_SECONDS = 60;

    private final Keys keys;
    private final JwtConsumer access;
    private final JwtConsumer device;
    private final JWTCallerPrincipalFactory external = new IssuerTokens();
    private final boolean hasExternal;

    LocalTokenVerifier(
            Keys keys,
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> externalKey,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> externalKeys) {
        this.keys = keys;
        this.hasExternal = externalKey.isPresent() || externalKeys.isPresent();
        this.access = verifier(Purpose.ACCESS);
        this.device = verifier(Purpose.DEVICE);
    }

    /** The claims of a device token; empty when it is none of ours, or has ended. */
    public Optional<Map<String, Object>> deviceClaims(String token) {
        try {
            return Optional.of(device.processToClaims(token).getClaimsMap());
        } catch (InvalidJwtException e) {
            return Optional.empty();
        }
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo configured) throws ParseException {
        if (isOurs(token)) {
            return parseOurs(token);
        }
        if (!hasExternal) {
            throw new ParseException("the token is not signed with a key of ours");
        }
        return external.parse(token, configured);
    }

    private JWTCallerPrincipal parseOurs(String token) throws ParseException {
        try {
            return new DefaultJWTCallerPrincipal(token, "JWT", access.processToClaims(token));
        } catch (InvalidJwtException e) {
            // Without the cause: its message repeats the token.
            throw new ParseException("the token is not valid");
        }
    }

    private boolean isOurs(String token) throws ParseException {
        try {
            String kid = JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
            return kid != null && keys.current().byKid().containsKey(kid);
        } catch (JoseException e) {
            throw new ParseException("the token cannot be read");
        }
    }

    private JwtConsumer verifier(Purpose purpose) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setVerificationKeyResolver((signature, nested) -> key(signature, purpose))
                .setExpectedIssuer(Claims.ISSUER)
                .setExpectedAudience(purpose.audience())
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(MAX_AHEAD_SECONDS, Integer.MAX_VALUE)
                .setRequireSubject()
                .build();
    }

    private Key key(JsonWebSignature signature, Purpose purpose) throws UnresolvableKeyException {
        return keys.current()
                .find(signature.getKeyIdHeaderValue(), purpose)
                .orElseThrow(() -> new UnresolvableKeyException("not a key of ours for this purpose"))
                .publicKey();
    }
}
