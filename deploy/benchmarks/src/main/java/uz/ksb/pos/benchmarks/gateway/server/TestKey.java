package uz.ksb.pos.benchmarks.gateway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A key of this run alone, and tokens by it. */
public final class TestKey {
    public static final String KSB_ID = "10000001";
    private static final long LIFETIME_SECONDS = 14_400;
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;

    private TestKey(KeyPair pair) {
        this.pair = pair;
    }

    public static TestKey fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new TestKey(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes the public half as PEM. */
    public Path writePublic(Path file) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a till of its own, so that no limit per device counts. */
    public String token() {
        long now = Instant.now().getEpochSecond();
        String claims = """
                {"iss":"ksb-pos","aud":"ksb-pos","sub":"%s","preferred_username":"kassir","groups":["CASHIER"],\
                "ksb_id":"%s","device_id":"%s","may_see_totals":true,"iat":%d,"exp":%d}""".formatted(UUID.randomUUID(), KSB_ID, UUID.randomUUID(), now, now + LIFETIME_SECONDS);
        String signed = encode("{\"alg\":\"ES256\",\"typ\":\"JWT\"}") + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
