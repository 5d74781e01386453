package uz.ksb.pos.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.UnreachableKeys;

/** Verifies tokens on worker threads (the keys may have to be fetched) and remembers the verified ones. */
@ApplicationScoped
public class TokenVerification {
    private static final int MAX_TOKENS = 10_000;

    private final JWTParser parser;
    private final Vertx vertx;
    private final Cache<String, VerifiedToken> cache =
            Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

    TokenVerification(JWTParser parser, Vertx vertx) {
        this.parser = parser;
        this.vertx = vertx;
    }

    /** The result of a verification. */
    public sealed interface Verdict {
        record Valid(VerifiedToken verified) implements Verdict {}

        record Invalid() implements Verdict {}

        /** The keys cannot be fetched now. */
        record Unknown() implements Verdict {}
    }

    public Future<Verdict> verify(String token) {
        VerifiedToken known = cache.getIfPresent(token);
        if (known != null && known.expiresAt().isAfter(Instant.now())) {
            return Future.succeededFuture(new Verdict.Valid(known));
        }
        return vertx.executeBlocking(() -> verdict(token), false);
    }

    private Verdict verdict(String token) {
        try {
            VerifiedToken verified = verified(parser.parse(token));
            cache.put(verified.token(), verified);
            return new Verdict.Valid(verified);
        } catch (ParseException e) {
            return UnreachableKeys.explain(e) ? new Verdict.Unknown() : new Verdict.Invalid();
        } catch (RuntimeException notOfOurs) {
            return new Verdict.Invalid();
        }
    }

    private static VerifiedToken verified(JsonWebToken token) {
        if (token.getClaim(Claims.KSB_ID) == null) {
            throw new IllegalArgumentException("the token names no enterprise");
        }
        Caller caller = Caller.of(token);
        if (!caller.is(Role.CASHIER)) {
            throw new IllegalArgumentException("what is told here is for people");
        }
        return new VerifiedToken(
                caller,
                token.getRawToken(),
                Instant.ofEpochSecond(token.getIssuedAtTime()),
                expiry(
                        Instant.ofEpochSecond(token.getIssuedAtTime()),
                        Instant.ofEpochSecond(token.getExpirationTime())));
    }

    /** The issuer may live at another time (pos.clock.offset): the token lasts no longer than it was made for. */
    private static Instant expiry(Instant issued, Instant expires) {
        Instant latest = Instant.now().plus(Duration.between(issued, expires));
        return expires.isBefore(latest) ? expires : latest;
    }
}
