package uz.ksb.pos.gateway.rings;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.trace.EventTrace;

/** Makes frames of the records of the log: once per event, whoever will get it. */
public final class FrameEncoding {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BULK = "\"bulk\"".getBytes(StandardCharsets.UTF_8);
    private static final Set<String> WHOM =
            Set.of("device.changed", "device.blocked", "user.disabled", "settings.changed");

    private FrameEncoding() {}

    /** @throws IOException when the data is not one JSON object */
    public static Frame frame(LiveTopic topic, CloudEvent event, ConsumerRecord<String, byte[]> read, Position position)
            throws IOException {
        byte[] data = topic == LiveTopic.PRODUCTS ? withoutBulkRows(read.value()) : read.value();
        EventFacts members = EventFacts.of(data);
        Frame.Facts facts = new Frame.Facts(
                topic,
                read.offset(),
                LogRecords.leader(read),
                event.id(),
                event.time().toEpochMilli(),
                read.timestamp(),
                topic == LiveTopic.SALES ? saleId(event, members) : null,
                stateKey(topic, event, members),
                members.version(),
                topic == LiveTopic.SETTINGS ? addressees(event, members) : null,
                EventTrace.isKept(event.traceParent()) ? event.traceParent() : null);
        return Frame.encode(facts, position, type(event), attributes(event), data);
    }

    /** The devices, users and logins that a settings event is about; null: everybody in the enterprise. */
    static Set<String> addressees(CloudEvent event, byte[] data) throws IOException {
        return addressees(event, EventFacts.of(data));
    }

    private static Set<String> addressees(CloudEvent event, EventFacts members) {
        if (!WHOM.contains(event.type())) {
            return null;
        }
        return Stream.of(
                        event.subject(),
                        members.text("deviceId"),
                        members.text("userId"),
                        members.text("login"),
                        members.text("id"))
                .filter(id -> id != null && !id.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String stateKey(LiveTopic topic, CloudEvent event, EventFacts members) {
        return switch (topic) {
            case TOTALS -> StateKeys.totals(members);
            case SALES -> StateKeys.sale(saleId(event, members));
            case RATES -> "rates:" + members.text("currency", String.valueOf(event.subject()));
            case SETTINGS -> event.subject() == null ? null : event.type() + ":" + event.subject();
            case TILLS -> "tills:" + members.text("deviceId", String.valueOf(event.subject()));
            case PRODUCTS, CUSTOMERS, SYNC -> null;
        };
    }

    private static String saleId(CloudEvent event, EventFacts members) {
        String id = members.text("id", event.subject());
        return id == null ? "" : id.toLowerCase(Locale.ROOT);
    }

    private static String type(CloudEvent event) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(event.type())) + '"';
    }

    private static String attributes(CloudEvent event) {
        return "\"id\":\"" + event.id() + "\",\"time\":\"" + event.time() + "\",";
    }

    /** The event stands, but the rows of an import are not for tills one by one: they read the change feed. */
    private static byte[] withoutBulkRows(byte[] data) throws IOException {
        if (!contains(data, BULK) || !(JSON.readTree(data) instanceof ObjectNode event)) {
            return data;
        }
        if (event.path("bulk").asBoolean()) {
            event.remove("rows");
        } else if (event.get("rows") instanceof ArrayNode rows) {
            removeBulk(rows);
        }
        return JSON.writeValueAsBytes(event);
    }

    private static void removeBulk(ArrayNode rows) {
        for (int row = rows.size() - 1; row >= 0; row--) {
            JsonNode product = rows.get(row);
            if (product.path("bulk").asBoolean()) {
                rows.remove(row);
            }
        }
    }

    private static boolean contains(byte[] data, byte[] wanted) {
        int last = data.length - wanted.length;
        for (int at = 0; at <= last; at++) {
            if (data[at] == wanted[0]
                    && java.util.Arrays.equals(data, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
