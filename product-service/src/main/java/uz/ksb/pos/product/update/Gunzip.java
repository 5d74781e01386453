package uz.ksb.pos.product.update;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;

/** Unpacks a gzip stream in small steps: however well it is packed, little of it is in memory at a time. */
final class Gunzip {
    /** Packed bytes at a time: they unpack to a thousand times as much at most. */
    private static final int STEP = 512;

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

    void close() {
        decoder.finishAndReleaseAll();
    }
}
