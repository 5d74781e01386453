package uz.ksb.pos.platform.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.MpJwtValidator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class VerifiedIdentityCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Instant FAR = NOW.plus(Duration.ofMinutes(15));

    private final VerifiedIdentityCache identities = new VerifiedIdentityCache(Clock.fixed(NOW, ZoneOffset.UTC));
    private final SecurityIdentity one =
            QuarkusSecurityIdentity.builder().setAnonymous(true).build();

    @Test
    void itIsAskedBeforeTheOneThatVerifies() {
        assertThat(identities.priority()).isGreaterThan(new MpJwtValidator().priority());
    }

    @Test
    void whatWasNeverVerifiedIsNotKnown() {
        assertThat(identities.find("a", NOW)).isEmpty();
    }

    @Test
    void aVerifiedTokenIsKnownForAMinuteFromItsFirstVerification() {
        identities.remember("a", one, FAR, NOW);
        identities.remember("a", one, FAR, NOW.plusSeconds(59));

        assertThat(identities.find("a", NOW.plusSeconds(59))).contains(one);
        assertThat(identities.find("a", NOW.plusSeconds(60))).isEmpty();
        assertThat(identities.find("b", NOW)).isEmpty();
    }

    @Test
    void itIsVerifiedAnewAfterThatMinute() {
        identities.remember("a", one, FAR, NOW);
        identities.remember("a", one, FAR, NOW.plusSeconds(61));

        assertThat(identities.find("a", NOW.plusSeconds(100))).contains(one);
    }

    @Test
    void itIsNotKnownBeyondItsExpiry() {
        identities.remember("a", one, NOW.plusSeconds(5), NOW);

        assertThat(identities.find("a", NOW.plusSeconds(5))).isEmpty();
    }

    @Test
    void itHoldsALimitedNumberOfTokens() {
        for (int i = 0; i < 2 * VerifiedIdentityCache.MAX_TOKENS; i++) {
            identities.remember("token " + i, one, FAR, NOW);
        }

        assertThat(identities.size()).isEqualTo(VerifiedIdentityCache.MAX_TOKENS);
    }
}
