package uz.ksb.pos.settings.key;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** The public halves of all keys (RFC 7517), those that do not sign yet or any more included. */
@Path("/.well-known/jwks.json")
@PermitAll
class JwksResource {
    private static final int COORDINATE_BYTES = 32;

    private final Keys keys;

    JwksResource(Keys keys) {
        this.keys = keys;
    }

    record Jwks(List<Jwk> keys) {}

    record Jwk(String kty, String crv, String x, String y, String kid, String use, String alg) {
        static Jwk of(TokenKey key) {
            return new Jwk(
                    "EC",
                    "P-256",
                    coordinate(key.publicKey().getW().getAffineX()),
                    coordinate(key.publicKey().getW().getAffineY()),
                    key.kid(),
                    "sig",
                    "ES256");
        }

        private static String coordinate(BigInteger number) {
            byte[] bytes = number.toByteArray();
            byte[] fixed = new byte[COORDINATE_BYTES];
            int length = Math.min(bytes.length, COORDINATE_BYTES);
            System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
        }
    }

    @GET
    @NonBlocking
    public Jwks get() {
        return new Jwks(keys.current().byKid().values().stream()
                .sorted(Comparator.comparing(TokenKey::kid))
                .map(Jwk::of)
                .toList());
    }
}
