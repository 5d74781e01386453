package uz.ksb.pos.gateway.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that nobody can guess. Any thread. */
public final class SessionIds {
    private static final int BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SessionIds() {}

    /** Twenty characters that need no escape in an address. */
    public static String next() {
        byte[] id = new byte[BYTES];
        RANDOM.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
