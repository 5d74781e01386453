package uz.ksb.pos.gateway.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/** Says why before Vert.x cuts who breaks RFC 6455 or announces a frame that is too large: 1002, 1009. */
@ChannelHandler.Sharable
final class BrokenFrames extends ChannelInboundHandlerAdapter {
    static final BrokenFrames INSTANCE = new BrokenFrames();

    private BrokenFrames() {}

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException broken) {
            WebSocketCloseStatus status = broken.closeStatus();
            ChannelFuture unused = context.writeAndFlush(
                    new CloseWebSocketFrame(status == null ? WebSocketCloseStatus.PROTOCOL_ERROR : status),
                    context.voidPromise());
        }
        context.fireExceptionCaught(failure);
    }
}
