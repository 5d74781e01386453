package uz.ksb.pos.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A real token, forged to give more than it says. */
final class ForgedTokens {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String[] parts;
    private final ObjectNode header;
    private final ObjectNode claims;
    private final String pem;

    ForgedTokens(RunningSystem system, String real) throws IOException {
        parts = real.split("\\.", -1);
        header = object(parts[0]);
        claims = object(parts[1]);
        pem = Files.readString(
                system.state().resolve("keys").resolve(header.path("kid").asText() + ".pem"));
    }

    /** The forgeries that are possible without the key that signed it. */
    Map<String, String> withoutTheKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        PrivateKey other = generator.generateKeyPair().getPrivate();
        String none = base64(object(header, changed -> changed.put("alg", "none")));
        ObjectNode unknown = object(header, changed -> changed.put("kid", "access-20200101T0000Z"));
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("another key", signed(header, claims, other));
        forged.put("an unknown key", signed(unknown, claims, other));
        forged.put("no algorithm", none + "." + parts[1] + ".");
        forged.put("no algorithm, and the real signature", none + "." + parts[1] + "." + parts[2]);
        forged.put("HS256 with the public key", hmac(block("PUBLIC KEY")));
        forged.put(
                "HS256 with the public key's file",
                hmac(pem.substring(pem.indexOf("-----BEGIN PUBLIC KEY-----")).getBytes(UTF_8)));
        forged.put(
                "another enterprise",
                parts[0] + "." + base64(object(claims, changed -> changed.put("ksb_id", "10000002"))) + "." + parts[2]);
        forged.put(
                "another role",
                parts[0] + "."
                        + base64(object(claims, changed -> changed.putArray("groups")
                                .add("CASHIER")
                                .add("ADMIN"))) + "."
                        + parts[2]);
        forged.put("another signature", parts[0] + "." + parts[1] + "." + base64(new byte[64]));
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("two parts", parts[0] + "." + parts[1]);
        forged.put("garbage", "garbage-that-is-no-token-at-all");
        return forged;
    }

    /** Tokens by the right key, but of another time or for others. */
    Map<String, String> ofTheKey() throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(block("PRIVATE KEY")));
        long now = Instant.now().getEpochSecond();
        Map<String, String> signed = new LinkedHashMap<>();
        signed.put("expired", signed(header, object(claims, changed -> changed.put("exp", now - 120)), key));
        signed.put("not yet valid", signed(header, object(claims, changed -> changed.put("nbf", now + 600)), key));
        signed.put("another audience", signed(header, object(claims, changed -> changed.put("aud", "others")), key));
        signed.put("another issuer", signed(header, object(claims, changed -> changed.put("iss", "others")), key));
        signed.put("no enterprise", signed(header, object(claims, changed -> changed.remove("ksb_id")), key));
        return signed;
    }

    private String hmac(byte[] secret) throws GeneralSecurityException {
        String signed = base64(object(header, changed -> changed.put("alg", "HS256"))) + "." + parts[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static String signed(ObjectNode header, ObjectNode claims, PrivateKey key) throws GeneralSecurityException {
        String text = base64(header) + "." + base64(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(text.getBytes(UTF_8));
        return text + "." + base64(signature.sign());
    }

    private byte[] block(String label) {
        String begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin) + begin.length();
        return Base64.getMimeDecoder().decode(pem.substring(from, pem.indexOf("-----END", from)));
    }

    private static ObjectNode object(String part) throws IOException {
        return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static ObjectNode object(ObjectNode from, Consumer<ObjectNode> change) {
        ObjectNode copy = from.deepCopy();
        change.accept(copy);
        return copy;
    }

    private static String base64(ObjectNode json) {
        return base64(json.toString().getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
