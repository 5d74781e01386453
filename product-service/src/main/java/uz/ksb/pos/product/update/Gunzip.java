package uz.ksb.pos.product.update;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.GZIPOutputStream;
import uz.ksb.pos.platform.problem.Problem;

/** Unpacks a gzip stream in small steps: however well it is packed, little of it is in memory at a time. */
final class Gunzip {
    /** Packed bytes at a time: they unpack to a thousand times as much at most. */
    private static final int STEP = 512;

    private static final Member NEXT_MEMBER = Member.of("a next member");

    private final EmbeddedChannel decoder = new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(ZlibWrapper.GZIP, 0));

    /** Unpacks while it is iterated. Fails with netty's DecompressionException when it is not gzip. */
    Iterator<byte[]> unpack(Buffer piece) {
        byte[] packed = piece.getBytes();
        return new Iterator<>() {
            private int position;

            @Override
            public boolean hasNext() {
                while (decoder.inboundMessages().isEmpty() && position < packed.length) {
                    int step = Math.min(STEP, packed.length - position);
                    decoder.writeInbound(Unpooled.wrappedBuffer(packed, position, step));
                    position += step;
                }
                return !decoder.inboundMessages().isEmpty();
            }

            @Override
            public byte[] next() {
                ByteBuf unpacked = decoder.readInbound();
                try {
                    return ByteBufUtil.getBytes(unpacked);
                } finally {
                    unpacked.release();
                }
            }
        };
    }

    /**
     * Called after the last piece. A whole stream goes on with a next member, which is unpacked as it is; one that is cut off takes
     * its bytes for something else.
     *
     * @throws Problem 400 when the stream is cut off
     */
    void mustBeWhole() {
        if (!NEXT_MEMBER.content.equals(unpacked(NEXT_MEMBER.packed))) {
            throw Problem.invalid("body", "ends before its gzip stream does");
        }
    }

    private String unpacked(byte[] packed) {
        StringBuilder text = new StringBuilder();
        try {
            unpack(Buffer.buffer(packed))
                    .forEachRemaining(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (DecompressionException cutOff) {
            return null;
        }
        return text.toString();
    }

    private record Member(String content, byte[] packed) {
        static Member of(String content) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(content.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Member(content, packed.toByteArray());
        }
    }

    void close() {
        decoder.finishAndReleaseAll();
    }
}
