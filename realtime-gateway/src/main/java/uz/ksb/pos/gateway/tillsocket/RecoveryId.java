package uz.ksb.pos.gateway.tillsocket;

import uz.ksb.pos.gateway.socketio.engine.SessionIds;
import uz.ksb.pos.gateway.token.VerifiedToken;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.text.Sha256;

/**
 * The {@code pid} by which a client knows that nothing is missing after a break. Nothing is kept for it: the client shows it
 * with its position, to any node. It names whose it is, so that another enterprise's, device's or user's is not answered.
 */
final class RecoveryId {
    private static final char SEPARATOR = '.';
    private static final int OWNER_CHARACTERS = 16;
    private static final int MAX_LENGTH = 64;

    private RecoveryId() {}

    static String fresh(VerifiedToken verified) {
        return SessionIds.next() + SEPARATOR + owner(verified);
    }

    static boolean isOf(String pid, VerifiedToken verified) {
        return pid.length() <= MAX_LENGTH && pid.endsWith(SEPARATOR + owner(verified)) && pid.matches("[\\w.-]+");
    }

    private static String owner(VerifiedToken verified) {
        Caller caller = verified.caller();
        return Sha256.hex(caller.ksbId() + '\n' + caller.deviceId() + '\n' + caller.userId())
                .substring(0, OWNER_CHARACTERS);
    }
}
