package uz.ksb.pos.gateway.websocket;

import io.netty.buffer.ByteBuf;

/** Messages in the wire's form, for any number of sockets that write them without a copy. */
public final class FramedMessages {
    private final ByteBuf bytes;

    FramedMessages(ByteBuf bytes) {
        this.bytes = bytes;
    }

    ByteBuf bytes() {
        return bytes.retainedDuplicate();
    }

    /** No other socket will be given them. */
    public void release() {
        boolean unused = bytes.release();
    }
}
