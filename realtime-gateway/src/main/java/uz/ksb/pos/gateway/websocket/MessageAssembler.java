package uz.ksb.pos.gateway.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frames of the message that a client is sending (RFC 6455, 5.4), any of which may be empty. One thread. */
public final class MessageAssembler {
    private static final byte[] NOTHING = {};

    private byte[] message = NOTHING;

    /** @return the size of the message so far, in bytes */
    public int add(byte[] piece) {
        if (message.length == 0) {
            message = piece;
        } else {
            byte[] longer = Arrays.copyOf(message, message.length + piece.length);
            System.arraycopy(piece, 0, longer, message.length, piece.length);
            message = longer;
        }
        return message.length;
    }

    /** The message, of which nothing is kept. */
    public byte[] endBinary() {
        byte[] whole = message;
        message = NOTHING;
        return whole;
    }

    /**
     * The message, of which nothing is kept.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    public String end() throws CharacterCodingException {
        byte[] whole = endBinary();
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(whole))
                .toString();
    }
}
