package uz.ksb.pos.product.update;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;

/** Unpacks a gzip stream in small steps: however well it is packed, little of it is in memory at a time. */
final class Gunzip {
    /** Of packed bytes at a time: they unpack to a thousand times as much at most. */
    private static final int STEP = 64;

    private final JdkZlibDecoder gzip = new JdkZlibDecoder(ZlibWrapper.GZIP, false, 0);
    private boolean followed;
    private final EmbeddedChannel decoder = new EmbeddedChannel(gzip);

    /** Unpacks while it is iterated. Fails with netty's DecompressionException when it is not gzip. */
    Iterator<byte[]> unpack(Buffer piece) {
        byte[] packed = piece.getBytes();
        return new Iterator<>() {
            private int position;

            @Override
            public boolean hasNext() {
                while (decoder.inboundMessages().isEmpty() && position < packed.length) {
                    int step = Math.min(STEP, packed.length - position);
                    followed |= gzip.isClosed();
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

    /** Whether the stream came to its own end, and nothing followed it. */
    boolean isWhole() {
        return gzip.isClosed() && !followed;
    }

    void close() {
        decoder.finishAndReleaseAll();
    }
}
