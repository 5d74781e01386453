package uz.ksb.pos.platform.caller;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Remembers whom a verified token named, so that a till's next request neither verifies the signature again nor waits for
 * a worker thread. Asked before the provider that verifies; what it does not know, that one decides.
 *
 * <p>A token is remembered for a minute at most and never beyond its {@code exp}: a key that is taken out of the set acts
 * within that minute. Only what was verified is ever put in.
 */
@ApplicationScoped
class VerifiedIdentityCache implements IdentityProvider<TokenAuthenticationRequest>, SecurityIdentityAugmentor {
    static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
    static final int MOST = 10_000;

    private final Map<String, Remembered> byToken = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };

    private final Clock clock;

    /** Tokens are issued and expire in real time, whatever offset the business clock has. */
    @Inject
    VerifiedIdentityCache() {
        this(Clock.systemUTC());
    }

    VerifiedIdentityCache(Clock clock) {
        this.clock = clock;
    }

    private record Remembered(SecurityIdentity identity, Instant until) {}

    /** Before the one that verifies, which has {@code SYSTEM_FIRST + 1}. */
    @Override
    public int priority() {
        return SYSTEM_FIRST + 2;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Null when the token is not known here. */
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(find(request.getToken().getToken(), clock.instant()).orElse(null));
    }

    /** Called with each identity that was let in. */
    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getAttribute(Caller.ATTRIBUTE) != null
                || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        if (isIssuedLater(token, clock.instant())) {
            return Uni.createFrom().failure(new AuthenticationFailedException("the token is of the future"));
        }
        try {
            SecurityIdentity known = withCaller(identity, token);
            remember(token.getRawToken(), known, Instant.ofEpochSecond(token.getExpirationTime()), clock.instant());
            return Uni.createFrom().item(known);
        } catch (DateTimeException | NumberFormatException unreadable) {
            return Uni.createFrom().failure(new AuthenticationFailedException("a claim cannot be read", unreadable));
        }
    }

    /** A token that was issued by a clock that is ahead would outlive every check of its age. */
    static boolean isIssuedLater(JsonWebToken token, Instant now) {
        return Instant.ofEpochSecond(token.getIssuedAtTime()).isAfter(now.plus(CLOCK_SKEW));
    }

    /**
     * Without the request in hand, which the one who verified it put among the attributes. The claims are read here, once:
     * the library throws and catches an exception for each that is not a standard one.
     */
    private static SecurityIdentity withCaller(SecurityIdentity identity, JsonWebToken token) {
        QuarkusSecurityIdentity.Builder kept = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials());
        identity.getAttributes().forEach((name, value) -> {
            if (!(value instanceof RoutingContext)) {
                kept.addAttribute(name, value);
            }
        });
        if (token.getClaim(Claims.KSB_ID) != null) {
            kept.addAttribute(Caller.ATTRIBUTE, Caller.of(token));
        }
        return kept.build();
    }

    Optional<SecurityIdentity> find(String token, Instant now) {
        synchronized (byToken) {
            Remembered known = byToken.get(token);
            return known == null || !now.isBefore(known.until()) ? Optional.empty() : Optional.of(known.identity());
        }
    }

    /** Does not make a remembered one last longer. */
    void remember(String token, SecurityIdentity identity, Instant expires, Instant now) {
        Instant latest = now.plus(LONGEST);
        Remembered fresh = new Remembered(identity, expires.isBefore(latest) ? expires : latest);
        synchronized (byToken) {
            byToken.merge(token, fresh, (known, added) -> now.isBefore(known.until()) ? known : added);
        }
    }
}
