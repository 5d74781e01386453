package uz.ksb.pos.settings.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import uz.ksb.pos.platform.problem.Problem;

/**
 * An {@code Idempotency-Key} of an enterprise and the call it was given with.
 *
 * @param call for example {@code POST /api/users}
 */
public record IdempotencyKey(String ksbId, String call, String key) {
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /**
     * @param header null: the request has none
     * @throws Problem 400 when it is none
     */
    public static Optional<IdempotencyKey> of(String ksbId, String call, String header) {
        if (header != null && !FORM.matcher(header).matches()) {
            throw Problem.invalid(HEADER, "must be 1 to 200 visible characters");
        }
        return Optional.ofNullable(header).map(key -> new IdempotencyKey(ksbId, call, key));
    }

    String hash() {
        return HexFormat.of().formatHex(derived("key"));
    }

    /** With the key in it: a request may hold a password, which could be guessed by its plain hash. */
    String hashOf(String request) {
        return HexFormat.of().formatHex(derived("request " + call + "\n" + request));
    }

    String seal(String answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, answer.getBytes(StandardCharsets.UTF_8));
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    String open(String sealed) {
        byte[] whole = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        return new String(crypt(Cipher.DECRYPT_MODE, nonce, rest), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(derived("answer"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isSameRequest(String hash, String request) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8), hashOf(request).getBytes(StandardCharsets.UTF_8));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return call + " of " + ksbId;
    }
}
