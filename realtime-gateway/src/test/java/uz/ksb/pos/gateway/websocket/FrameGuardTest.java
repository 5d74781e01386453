package uz.ksb.pos.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private final FrameGuard guard = new FrameGuard();
    private final EmbeddedChannel channel = new EmbeddedChannel(guard);

    @Test
    void aPingThatTheClientLeavesNoRoomToAnswerIsOnlyASignOfLife() {
        channel.writeInbound(new PingWebSocketFrame());
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer(new byte[3])));

        assertThat((Object) channel.readInbound()).isInstanceOf(PingWebSocketFrame.class);
        PongWebSocketFrame sign = channel.readInbound();
        assertThat(sign.content().readableBytes()).isEqualTo(3);
    }

    @Test
    void onceShutOnlyTheClientsCloseFramePasses() {
        guard.shut();
        TextWebSocketFrame text = new TextWebSocketFrame("late");
        channel.writeInbound(text, new PingWebSocketFrame(), new CloseWebSocketFrame());

        assertThat((Object) channel.readInbound()).isInstanceOf(CloseWebSocketFrame.class);
        assertThat((Object) channel.readInbound()).isNull();
        assertThat(text.refCnt()).isZero();
    }

    @Test
    void aBrokenFrameIsToldOnceWithItsCode() {
        int[] told = new int[1];
        guard.onBroken(() -> told[0]++);
        for (int turn = 0; turn < 2; turn++) {
            channel.pipeline()
                    .fireExceptionCaught(
                            new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, "large", null));
        }

        CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1009);
        assertThat((Object) channel.readOutbound()).isNull();
        assertThat(told[0]).isEqualTo(1);
        channel.checkException();
    }
}
