package uz.ksb.pos.platform.database;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose statements are not answered any more, so that they fail and the pool gets its place back. A server
 * that is frozen keeps its connections open and says nothing. An idle connection may be silent as long as it likes.
 *
 * <p>Stands between the protocol's codec and the connection: it sees commands and their responses. Thread: the connection's event
 * loop.
 */
final class AnswerTimeout extends ChannelDuplexHandler {
    private static final long CHECK_MILLIS = 500;

    private final long maxSilentChecks;
    private int unanswered;
    private int silentChecks;
    private boolean checking;

    AnswerTimeout(Duration limit) {
        maxSilentChecks = limit.toMillis() / CHECK_MILLIS;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof CommandBase<?>) {
            if (unanswered++ == 0) {
                silentChecks = 0;
            }
            checkLater(context);
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof CommandResponse<?> && unanswered > 0) {
            unanswered--;
            silentChecks = 0;
        }
        super.channelRead(context, message);
    }

    private void checkLater(ChannelHandlerContext context) {
        if (!checking) {
            checking = true;
            var unused = context.executor().schedule(() -> check(context), CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void check(ChannelHandlerContext context) {
        checking = false;
        if (unanswered == 0 || !context.channel().isActive()) {
            return;
        }
        if (++silentChecks < maxSilentChecks) {
            checkLater(context);
        } else {
            // Not through the codec: it would say farewell first and wait for the server to hang up.
            var unused = context.pipeline().firstContext().close();
        }
    }
}
