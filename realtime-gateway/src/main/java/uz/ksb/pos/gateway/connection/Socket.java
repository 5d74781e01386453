package uz.ksb.pos.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.hub.FrameBatch;

/**
 * Writes ready text messages to a WebSocket: framed here (RFC 6455, 5.2: server to client, unmasked, unfragmented) and
 * handed to the channel below the encoder, so that a turn is one buffer and one flush. On the channel's event loop.
 */
final class Socket {
    private static final int FINAL_TEXT = 0x81;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MAX_SHORT = 125;
    private static final int MAX_TWO_BYTES = 0xffff;
    private static final int MAX_HEADER = 10;
    /** Copying a message of this size costs more than a buffer of its own. */
    private static final int LARGE = 16 * 1024;

    private static final int FIRST_CAPACITY = 1024;

    private final ChannelHandlerContext belowEncoder;
    private final FrameGuard guard;
    private ByteBuf batch;
    private boolean written;

    private Socket(ChannelHandlerContext belowEncoder, FrameGuard guard) {
        this.belowEncoder = belowEncoder;
        this.guard = guard;
    }

    /** The socket's own {@code WebSocketInternal} would tell its channel, but the router hands out a wrapper. */
    static Socket on(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        FrameGuard guard = new FrameGuard();
        // The last one is Vert.x's own.
        pipeline.addBefore(pipeline.lastContext().name(), null, guard);
        return new Socket(pipeline.context(WebSocketFrameEncoder.class), guard);
    }

    FrameGuard guard() {
        return guard;
    }

    Object eventLoop() {
        return belowEncoder.channel().eventLoop();
    }

    /** Runs {@code action} on the event loop. */
    void later(Runnable action, long nanos) {
        ScheduledFuture<?> unused = belowEncoder.channel().eventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    boolean isFull() {
        return !belowEncoder.channel().isWritable();
    }

    void add(byte[] json) {
        if (batch == null) {
            batch = belowEncoder.alloc().ioBuffer(Math.max(FIRST_CAPACITY, Math.min(json.length, LARGE) + MAX_HEADER));
        }
        header(batch, json.length);
        if (json.length < LARGE) {
            batch.writeBytes(json);
        } else {
            endBatch();
            write(Unpooled.wrappedBuffer(json));
        }
    }

    /** The same bytes for all sockets of this event loop, and no copy of them. */
    void add(FrameBatch batch) {
        Framed framed = (Framed) batch.wire(this::framed);
        endBatch();
        write(framed.bytes().retainedDuplicate());
    }

    private Framed framed(FrameBatch batch) {
        ByteBuf bytes =
                belowEncoder.alloc().ioBuffer(batch.bytes() + batch.messages().size() * MAX_HEADER);
        for (byte[] json : batch.messages()) {
            header(bytes, json.length);
            bytes.writeBytes(json);
        }
        return new Framed(bytes);
    }

    private record Framed(ByteBuf bytes) implements FrameBatch.Wire {
        @Override
        public void release() {
            bytes.release();
        }
    }

    private void endBatch() {
        if (batch != null) {
            write(batch);
            batch = null;
        }
    }

    void flush() {
        endBatch();
        if (written) {
            written = false;
            belowEncoder.flush();
        }
    }

    /** Gives back what was added and not flushed. */
    void discard() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    /** Any thread: ends the connection, whatever still waits to be taken. */
    void cut() {
        // Not from the channel's end: Vert.x would say something there.
        ChannelFuture unused = belowEncoder.close();
    }

    private void write(ByteBuf bytes) {
        ChannelFuture unused = belowEncoder.write(bytes, belowEncoder.voidPromise());
        written = true;
    }

    private static void header(ByteBuf to, int length) {
        to.writeByte(FINAL_TEXT);
        if (length <= MAX_SHORT) {
            to.writeByte(length);
        } else if (length <= MAX_TWO_BYTES) {
            to.writeByte(TWO_BYTES).writeShort(length);
        } else {
            to.writeByte(EIGHT_BYTES).writeLong(length);
        }
    }
}
