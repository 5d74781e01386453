package uz.ksb.pos.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes ready messages to a WebSocket: framed here (RFC 6455, 5.2: server to client, unmasked, unfragmented) and
 * handed to the channel below the encoder, so that a turn is one buffer and one flush. One thread at a time; on the channel's
 * event loop it costs no task.
 */
public final class Socket {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
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
    public static Socket on(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        FrameGuard guard = new FrameGuard();
        // The last one is Vert.x's own.
        pipeline.addBefore(pipeline.lastContext().name(), null, guard);
        return new Socket(pipeline.context(WebSocketFrameEncoder.class), guard);
    }

    public FrameGuard guard() {
        return guard;
    }

    public Object eventLoop() {
        return belowEncoder.channel().eventLoop();
    }

    /** Runs {@code action} on the event loop. */
    public void later(Runnable action, long nanos) {
        ScheduledFuture<?> unused = belowEncoder.channel().eventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    public boolean isFull() {
        return !belowEncoder.channel().isWritable();
    }

    /** Adds a text message, in UTF-8. The bytes are shared: not to be changed. */
    public void add(byte[] text) {
        add(FINAL_TEXT, text);
    }

    /** Adds a message of bytes. */
    public void addBinary(byte[] bytes) {
        add(FINAL_BINARY, bytes);
    }

    private void add(int kind, byte[] message) {
        if (batch == null) {
            batch = belowEncoder
                    .alloc()
                    .ioBuffer(Math.max(FIRST_CAPACITY, Math.min(message.length, LARGE) + MAX_HEADER));
        }
        header(batch, kind, message.length);
        if (message.length < LARGE) {
            batch.writeBytes(message);
        } else {
            endBatch();
            write(Unpooled.wrappedBuffer(message));
        }
    }

    /** The same bytes for all sockets, and no copy of them. */
    public void add(FramedMessages messages) {
        endBatch();
        write(messages.bytes());
    }

    /**
     * Puts text messages into the wire's form, once for all sockets that write them.
     *
     * @param size of all messages
     */
    public FramedMessages framed(List<byte[]> messages, int size) {
        ByteBuf bytes = belowEncoder.alloc().ioBuffer(size + messages.size() * MAX_HEADER);
        for (byte[] message : messages) {
            header(bytes, FINAL_TEXT, message.length);
            bytes.writeBytes(message);
        }
        return new FramedMessages(bytes);
    }

    private void endBatch() {
        if (batch != null) {
            write(batch);
            batch = null;
        }
    }

    public void flush() {
        endBatch();
        if (written) {
            written = false;
            belowEncoder.flush();
        }
    }

    /** Gives back what was added and not flushed. */
    public void discard() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    /** Any thread: ends the connection, whatever still waits to be taken. */
    public void cut() {
        // Not from the channel's end: Vert.x would say something there.
        ChannelFuture unused = belowEncoder.close();
    }

    private void write(ByteBuf bytes) {
        ChannelFuture unused = belowEncoder.write(bytes, belowEncoder.voidPromise());
        written = true;
    }

    private static void header(ByteBuf to, int kind, int length) {
        to.writeByte(kind);
        if (length <= MAX_SHORT) {
            to.writeByte(length);
        } else if (length <= MAX_TWO_BYTES) {
            to.writeByte(TWO_BYTES).writeShort(length);
        } else {
            to.writeByte(EIGHT_BYTES).writeLong(length);
        }
    }
}
