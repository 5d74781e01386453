package uz.ksb.pos.platform.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;

/** Tokens as settings-service issues them, signed with a key that the services under test trust. */
public final class Tokens {
    private static final String SIGNING_KEY = "pos.test.signing-key";

    private final JwtClaimsBuilder claims;

    private Tokens(JwtClaimsBuilder claims) {
        this.claims = claims;
    }

    /** A valid token of a user {@code <role>@<ksbId>} at a till of its own. */
    public static Tokens of(String ksbId, Role role) {
        return new Tokens(Jwt.claims()
                .issuer(Claims.ISSUER)
                .audience(Claims.AUDIENCE)
                .subject(UUID.nameUUIDFromBytes((role + ksbId).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString())
                .preferredUserName(role.name().toLowerCase(java.util.Locale.ROOT))
                .groups(role.withIncluded().stream().map(Role::name).collect(Collectors.toSet()))
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plus(Duration.ofMinutes(15)))
                .claim(Claims.KSB_ID, ksbId)
                .claim(Claims.DEVICE_ID, deviceOf(ksbId).toString())
                .claim(Claims.DEVICE_CODE, "1")
                .claim(Claims.ZONE, "Asia/Tashkent")
                .claim(Claims.DAY_START, "00:00")
                .claim(Claims.CURRENCY, "UZS")
                .claim(Claims.MAX_DISCOUNT, "100")
                .claim(Claims.MAY_CHANGE_PRICE, "true")
                .claim(Claims.MAY_SEE_PURCHASE_PRICE, "false")
                .claim(Claims.MAY_SEE_TOTALS, "true"));
    }

    /** The device id that {@link #of} puts into the tokens of an enterprise. */
    public static UUID deviceOf(String ksbId) {
        return UUID.nameUUIDFromBytes(("device" + ksbId).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public Tokens with(String claim, Object value) {
        claims.claim(claim, value);
        return this;
    }

    public Tokens maxDiscount(BigDecimal percent) {
        return with(Claims.MAX_DISCOUNT, percent.toPlainString());
    }

    public Tokens expired() {
        claims.issuedAt(Instant.now().minus(Duration.ofHours(2)));
        claims.expiresAt(Instant.now().minus(Duration.ofHours(1)));
        return this;
    }

    public String sign() {
        return claims.jws()
                .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.ES256)
                .sign(signingKey());
    }

    /** Makes the key of this test JVM known: its public half to the services, its private half to this class. */
    static void install() {
        KeyPair keys = newKeys();
        System.setProperty(SIGNING_KEY, base64(keys.getPrivate()));
        System.setProperty("mp.jwt.verify.publickey", base64(keys.getPublic()));
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static PrivateKey signingKey() {
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(SIGNING_KEY));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key pair that nobody trusts, for forged tokens. */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
