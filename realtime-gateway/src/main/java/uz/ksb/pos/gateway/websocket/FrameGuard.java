package uz.ksb.pos.gateway.websocket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands before Vert.x in the pipeline. Vert.x answers every ping, also of a client that does not take the answers, and
 * cuts a client that breaks RFC 6455 without a word. On the channel's event loop.
 */
public final class FrameGuard extends ChannelInboundHandlerAdapter {
    private Runnable broken = () -> {};
    private boolean shut;

    /**
     * @param action once a frame came that cannot be; the client has been told (1002, 1007, 1009) and is not heard any
     * more
     */
    public void onBroken(Runnable action) {
        broken = action;
    }

    /** Lets only the client's own close frame through from now on. */
    public void shut() {
        shut = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (shut && !(message instanceof CloseWebSocketFrame)) {
            boolean unused = ReferenceCountUtil.release(message);
        } else if (message instanceof PingWebSocketFrame ping
                && !context.channel().isWritable()) {
            // A sign of life that is not answered: answers would pile up.
            context.fireChannelRead(new PongWebSocketFrame(ping.content()));
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (!(failure instanceof CorruptedWebSocketFrameException corrupted)) {
            context.fireExceptionCaught(failure);
        } else if (!shut) {
            shut = true;
            WebSocketCloseStatus status = corrupted.closeStatus();
            ChannelFuture unused = context.writeAndFlush(
                    new CloseWebSocketFrame(status == null ? WebSocketCloseStatus.PROTOCOL_ERROR : status),
                    context.voidPromise());
            broken.run();
        }
    }
}
