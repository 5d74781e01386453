package uz.ksb.pos.settings.key;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.Key;
import java.util.List;
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

/**
 * Verifies bearer tokens with our own keys, in memory; what is not signed with one of them is left to the issuer that the
 * configuration names ({@code mp.jwt.verify.*}), if it names one.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class OwnTokens extends JWTCallerPrincipalFactory {
    private final Keys keys;
    private final JwtConsumer verifier;
    private final JWTCallerPrincipalFactory external = new DefaultJWTCallerPrincipalFactory();
    private final boolean hasExternal;

    OwnTokens(
            Keys keys,
            @ConfigProperty(name = "mp.jwt.verify.publickey") Optional<String> externalKey,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> externalKeys) {
        this.keys = keys;
        this.hasExternal = externalKey.isPresent() || externalKeys.isPresent();
        this.verifier = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setVerificationKeyResolver(this::key)
                .setExpectedIssuer(Claims.ISSUER)
                .setExpectedAudience(Claims.AUDIENCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .build();
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
            return new DefaultJWTCallerPrincipal(token, "JWT", verifier.processToClaims(token));
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

    private Key key(JsonWebSignature signature, List<?> nested) throws UnresolvableKeyException {
        return keys.current()
                .find(signature.getKeyIdHeaderValue(), Purpose.ACCESS)
                .orElseThrow(() -> new UnresolvableKeyException("not a key of ours for this purpose"))
                .publicKey();
    }
}
