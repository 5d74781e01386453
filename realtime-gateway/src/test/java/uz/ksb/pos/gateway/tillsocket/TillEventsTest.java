package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.FrameEncoding;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;

class TillEventsTest {
    private static final String DATA = "{\"id\":\"a\",\"name\":\"\u0447\u0430\u0439\"}";
    private final Position position = Position.of(7, Map.of(LiveTopic.SALES, new Position.Place(36, 1)));

    private Frame frame(String type) throws Exception {
        byte[] data = DATA.getBytes(StandardCharsets.UTF_8);
        return FrameEncoding.frame(
                LiveTopic.SALES, event(type), new ConsumerRecord<>("pos.sales.v1", 0, 35, "1", data), position);
    }

    private static CloudEvent event(String type) {
        return new CloudEvent(Ids.next(), type, "sales-service", Instant.EPOCH, "a", "10000001", null);
    }

    private static List<String> texts(List<byte[]> messages) {
        return messages.stream()
                .map(message -> new String(message, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anEventIsItsTypeItsDataAndItsPosition() throws Exception {
        TillEvents events = new TillEvents(Map.of());

        List<byte[]> messages = events.messages(frame("sale.\"x\""), Channel.Kind.SALES);

        assertThat(texts(messages)).containsExactly("42[\"sale.\\\"x\\\"\"," + DATA + ",\"" + position + "\"]");
    }

    @Test
    void anEventIsEncodedOnceForAllClients() throws Exception {
        TillEvents events = new TillEvents(Map.of());
        Frame frame = frame("sale.completed");

        byte[] first = events.messages(frame, Channel.Kind.SALES).getFirst();

        assertThat(events.messages(frame, Channel.Kind.SALE).getFirst()).isSameAs(first);
        assertThat(new String(frame.json(), StandardCharsets.UTF_8))
                .startsWith("{\"op\":\"event\",\"channel\":\"sales\"");
    }

    @Test
    void aHintFollowsItsEventAndHasNoData() throws Exception {
        TillEvents events = new TillEvents(Map.of("sale.completed", "gettingSoldProducts"));
        Position further = position.after(LiveTopic.RATES, 3, 1);

        assertThat(texts(events.messages(frame("sale.completed"), Channel.Kind.SALES, further)))
                .containsExactly(
                        "42[\"sale.completed\"," + DATA + ",\"" + further + "\"]",
                        "42[\"gettingSoldProducts\",\"" + further + "\"]");
        assertThat(events.messages(frame("sale.opened"), Channel.Kind.SALES)).hasSize(1);
    }
}
