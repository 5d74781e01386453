package uz.ksb.pos.platform.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class CallerTest {
    @Test
    void priceTypesAreReadInWhateverFormTheyCome() {
        assertThat(priceTypes(null)).isEmpty();
        assertThat(priceTypes(List.of("chakana", "ulgurji"))).containsExactlyInAnyOrder("chakana", "ulgurji");
        assertThat(priceTypes("chakana")).containsExactly("chakana");
    }

    private static Set<String> priceTypes(Object claim) {
        Map<String, Object> claims = new HashMap<>();
        claims.put(Claims.KSB_ID, "10000001");
        claims.put(Claims.PRICE_TYPES, claim);
        return Caller.of(token(claims)).priceTypes();
    }

    private static JsonWebToken token(Map<String, Object> claims) {
        return new JsonWebToken() {
            @Override
            public String getName() {
                return "kassir";
            }

            @Override
            public Set<String> getClaimNames() {
                return claims.keySet();
            }

            @Override
            public Set<String> getGroups() {
                return Set.of("CASHIER");
            }

            @Override
            @SuppressWarnings("unchecked")
            public <T> T getClaim(String claimName) {
                return (T) claims.get(claimName);
            }
        };
    }
}
