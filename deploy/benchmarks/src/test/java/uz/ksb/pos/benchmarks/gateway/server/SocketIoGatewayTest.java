package uz.ksb.pos.benchmarks.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.gateway.event.Events;

class SocketIoGatewayTest {
    private final SocketIoGateway gateway = new SocketIoGateway(null);

    @Test
    void anEventIsNumberedBeforeItsPosition() {
        String data = new String(Events.event(1234), StandardCharsets.US_ASCII);
        ByteBuffer message = ByteBuffer.wrap(
                ("42[\"customer.changed\"," + data + ",\"1a.0.7_1.0.0.0.0.0\"]xx").getBytes(StandardCharsets.US_ASCII));
        int end = message.limit() - 2;

        assertThat(Events.number(message, gateway.endOfEvent(message, end))).isEqualTo(1234);
    }

    @Test
    void otherMessagesAreNoEvents() {
        ByteBuffer message =
                ByteBuffer.wrap("42[\"freshness\",{\"behind\":0},\"1a.0\"]".getBytes(StandardCharsets.US_ASCII));

        assertThat(Events.number(message, gateway.endOfEvent(message, message.limit())))
                .isEqualTo(-1);
    }
}
