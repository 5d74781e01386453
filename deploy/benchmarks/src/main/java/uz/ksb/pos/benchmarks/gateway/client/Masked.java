package uz.ksb.pos.benchmarks.gateway.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of a client (RFC 6455, 5.3) with the mask 0, which leaves the bytes as they are. */
public final class Masked {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_PONG = 0x8a;
    private static final int MASK = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int HEADER = 8;

    private Masked() {}

    public static ByteBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(bytes.length + HEADER).put((byte) FINAL_TEXT);
        if (bytes.length < TWO_BYTES) {
            frame.put((byte) (MASK | bytes.length));
        } else {
            frame.put((byte) (MASK | TWO_BYTES)).putShort((short) bytes.length);
        }
        return frame.putInt(0).put(bytes).flip();
    }

    public static ByteBuffer pong() {
        return ByteBuffer.allocate(HEADER)
                .put((byte) FINAL_PONG)
                .put((byte) MASK)
                .putInt(0)
                .flip();
    }
}
