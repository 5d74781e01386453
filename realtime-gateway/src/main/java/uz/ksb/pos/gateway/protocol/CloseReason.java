package uz.ksb.pos.gateway.protocol;

/**
 * Why the server closes a connection, and whether the client should come back with what it has. Frames that break RFC 6455
 * or are above 64 KB end with its own codes, 1002 (or 1007, in a close frame) and 1009, and the client should not come back
 * before it is mended.
 */
public enum CloseReason {
    /** A message that is not UTF-8. */
    INVALID_TEXT(1007, false),
    /** The node is shutting down. */
    RESTART(1012, true),
    /** The client cannot be let in now: the keys of the tokens are away. */
    TRY_AGAIN(1013, true),
    /** The token is missing, not valid, expired, or of another enterprise or device: come back with a new one. */
    TOKEN(4401, false),
    /** The device is blocked or the user disabled. */
    BLOCKED(4403, false),
    /** No token within the time for it. */
    NO_AUTH_IN_TIME(4408, true),
    /** Too many connections of this device, enterprise or address. */
    TOO_MANY_CONNECTIONS(4409, true),
    /** Nothing was heard for more than two heartbeats, or a slow client took nothing for minutes. */
    SILENT(4410, true),
    /** A message is larger than allowed. */
    MESSAGE_TOO_LARGE(4413, false),
    /** A binary message: the protocol has only text. */
    NOT_TEXT(4415, false),
    /** Too many messages, frames or bytes in too short a time, of this connection, device, enterprise or address. */
    TOO_MANY_MESSAGES(4429, true);

    private final int code;
    private final boolean reconnect;

    CloseReason(int code, boolean reconnect) {
        this.code = code;
        this.reconnect = reconnect;
    }

    public int code() {
        return code;
    }

    public boolean reconnect() {
        return reconnect;
    }
}
