package uz.ksb.pos.simulator.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps passwords out of the journal; no more than that, since they are those of a simulator. */
final class PasswordHash {

    private PasswordHash() {}

    static String of(String ksbId, String login, String password) {
        try {
            byte[] bytes = (ksbId + "/" + login + "/" + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
