package uz.ksb.pos.gateway.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollingPayloadTest {
    @Test
    void packetsAreSplitAtTheSeparator() throws MalformedPacket {
        List<EnginePacket> packets = PollingPayload.decode("4a\u001e3\u001ebAQID\u001e4");

        assertThat(packets.get(0)).isEqualTo(new EnginePacket.Text(EnginePacket.Type.MESSAGE, "a"));
        assertThat(packets.get(1)).isEqualTo(new EnginePacket.Text(EnginePacket.Type.PONG, ""));
        assertThat(packets.get(2)).isInstanceOfSatisfying(EnginePacket.Binary.class, binary -> assertThat(binary.data())
                .containsExactly(1, 2, 3));
        assertThat(packets.get(3)).isEqualTo(new EnginePacket.Text(EnginePacket.Type.MESSAGE, ""));
    }

    @Test
    void packetsAreJoinedByTheSeparator() {
        byte[] payload = PollingPayload.encode(List.of(
                EnginePacket.encode(EnginePacket.Type.MESSAGE, "\u20ac"), EnginePacket.encodeBase64(new byte[] {1})));

        assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo("4\u20ac\u001ebAQ==");
        assertThat(PollingPayload.encode(List.of())).isEmpty();
    }

    @Test
    void aPayloadWithAMalformedPacketIsMalformed() {
        for (String body : List.of("", "\u001e", "4a\u001e", "7", "a", "b=", "4\u001e\u001e4")) {
            assertThatThrownBy(() -> PollingPayload.decode(body)).as(body).isInstanceOf(MalformedPacket.class);
        }
    }
}
