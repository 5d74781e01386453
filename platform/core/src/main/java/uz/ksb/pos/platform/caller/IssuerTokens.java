package uz.ksb.pos.platform.caller;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.jose4j.http.Get;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies tokens with the keys of their issuer as the library does, except that fetching the keys waits for seconds: once a
 * minute some request fetches them, and the library's own limits would hold it for 80 s when the issuer is silent.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class IssuerTokens extends JWTCallerPrincipalFactory {
    private static final int MAX_CONNECT_MILLIS = 1_000;
    private static final int MAX_READ_MILLIS = 2_000;

    private final ImpatientParser parser = new ImpatientParser();

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo trust) throws ParseException {
        JwtContext context = parser.parse(token, trust);
        String type = context.getJoseObjects().getFirst().getHeader("typ");
        return new DefaultJWTCallerPrincipal(type, context.getJwtClaims());
    }

    private static final class ImpatientParser extends DefaultJWTTokenParser {
        private volatile VerificationKeyResolver keys;

        /** Kept from the first time on that the keys could be fetched. */
        @Override
        protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo trust)
                throws UnresolvableKeyException {
            if (keys == null) {
                keys = new ImpatientKeys(trust);
            }
            return keys;
        }
    }

    private static final class ImpatientKeys extends KeyLocationResolver {
        ImpatientKeys(JWTAuthContextInfo trust) throws UnresolvableKeyException {
            super(trust);
        }

        @Override
        protected Get getHttpGet() {
            Get get = super.getHttpGet();
            get.setConnectTimeout(MAX_CONNECT_MILLIS);
            get.setReadTimeout(MAX_READ_MILLIS);
            get.setRetries(0);
            return get;
        }
    }
}
