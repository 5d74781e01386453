package uz.ksb.pos.platform.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Caches the identity of a verified token, so that a till's next request neither verifies the signature again nor
 * waits for a worker thread. It is asked before the verifying provider, which decides about unknown tokens.
 *
 * <p>A token is remembered for a minute at most and never beyond its {@code exp}: a key that is taken out of the set acts
 * within that minute. Only verified tokens are ever put in.
 */
@ApplicationScoped
class VerifiedIdentityCache implements IdentityProvider<TokenAuthenticationRequest>, SecurityIdentityAugmentor {
    static final Duration MAX_AGE = Duration.ofMinutes(1);
    static final int MAX_TOKENS = 10_000;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final Cache<String, Remembered> byToken = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(MAX_AGE)
            .build();
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

    /** Before the verifying provider, which has {@code SYSTEM_FIRST + 1}. */
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
     * Without the present request, which the verifying provider put among the attributes. The claims are read here,
     * once: the library throws and catches an exception for each claim that is not standard.
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
        return Optional.ofNullable(byToken.getIfPresent(token))
                .filter(known -> now.isBefore(known.until()))
                .map(Remembered::identity);
    }

    /** Does not prolong a token that is cached already. */
    void remember(String token, SecurityIdentity identity, Instant expires, Instant now) {
        Instant latest = now.plus(MAX_AGE);
        Remembered fresh = new Remembered(identity, expires.isBefore(latest) ? expires : latest);
        byToken.asMap().merge(token, fresh, (known, added) -> now.isBefore(known.until()) ? known : added);
    }

    /** How many tokens it holds at the moment. */
    long size() {
        byToken.cleanUp();
        return byToken.estimatedSize();
    }
}
