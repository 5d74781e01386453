package uz.ksb.pos.product.feed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A piece of text, compressed so that pieces can follow each other in one gzip stream (RFC 1952): each ends on a whole byte and
 * refers to nothing before itself.
 *
 * @param bytes deflated, without a final block
 * @param crc CRC-32 of the text
 * @param length of the text, bytes
 */
record Packed(byte[] bytes, int crc, long length) {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** An empty block that says that it is the last. */
    private static final byte[] FINAL_BLOCK = {3, 0};

    private static final int TRAILER = 8;
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 0x80000000;
    private static final int X_TO_8 = 0x00800000;
    private static final int BUFFER = 16 * 1024;

    static Packed of(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(plain);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain);
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4 + 64);
            byte[] buffer = new byte[BUFFER];
            int written;
            do {
                written = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                packed.write(buffer, 0, written);
            } while (written == buffer.length);
            return new Packed(packed.toByteArray(), (int) crc.getValue(), plain.length);
        } finally {
            deflater.end();
        }
    }

    /** One gzip stream of many pieces. For one reader, on one thread at a time. */
    static final class Stream {
        private int crc;
        private long length;
        private boolean begun;

        /** The bytes that follow what was given out before. */
        byte[] next(Packed piece) {
            crc = combined(crc, piece.crc(), piece.length());
            length += piece.length();
            byte[] start = begun ? new byte[0] : HEADER;
            begun = true;
            return ByteBuffer.allocate(start.length + piece.bytes().length)
                    .put(start)
                    .put(piece.bytes())
                    .array();
        }

        byte[] end() {
            return ByteBuffer.allocate(FINAL_BLOCK.length + TRAILER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(FINAL_BLOCK)
                    .putInt(crc)
                    .putInt((int) length)
                    .array();
        }
    }

    /**
     * The CRC-32 of two texts, one after the other, from that of each.
     *
     * @param length of the second, bytes
     */
    static int combined(int first, int second, long length) {
        return times(power(length), first) ^ second;
    }

    /** x to the 8 n, modulo the polynomial; the highest bit is x to the 0. */
    private static int power(long n) {
        int result = ONE;
        int base = X_TO_8;
        for (long rest = n; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = times(result, base);
            }
            base = times(base, base);
        }
        return result;
    }

    private static int times(int one, int other) {
        int product = 0;
        int shifted = other;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((one & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}
