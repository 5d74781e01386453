package uz.ksb.pos.gateway.socketio.http;

import java.nio.charset.StandardCharsets;

/** Why a request is refused, with the codes of the protocol. */
public enum Refusal {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    TOO_LARGE(413, 3, "Payload too large"),
    NOT_NOW(503, 4, "Not now: come again"),
    UNSUPPORTED_VERSION(
            400,
            5,
            "Unsupported protocol version: this server speaks Engine.IO 4. Upgrade the client to socket.io-client 3 or newer"
                    + " (JavaScript), 2.0 (Java), 16 (Swift), 3 (C++), socket_io_client 2 (Dart)");

    private final int status;
    private final byte[] body;

    Refusal(int status, int code, String message) {
        this.status = status;
        this.body = ("{\"code\":" + code + ",\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }
}
