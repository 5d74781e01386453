package uz.ksb.pos.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.gateway.event.Events;

class EventsTest {
    @Test
    void everyKindIsNumberedAtItsEnd() {
        assertThat(Events.event(123_456_789)).hasSize(Events.BYTES);
        for (byte[] event : new byte[][] {Events.event(4_711), Events.filling(4_711), Events.rate(4_711)}) {
            byte[] message = message("customers", event);
            assertThat(Events.number(ByteBuffer.wrap(message), message.length)).isEqualTo(4_711);
        }
    }

    @Test
    void aMessageTellsItsChannel() {
        assertThat(Events.channel(message("rates", Events.rate(1)))).isEqualTo("rates");
        assertThat(Events.channel("{\"op\":\"pong\"}".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    private static byte[] message(String channel, byte[] event) {
        return ("{\"op\":\"event\",\"channel\":\"" + channel + "\",\"data\":"
                        + new String(event, StandardCharsets.US_ASCII) + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
