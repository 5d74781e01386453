package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.ClientMessage;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.FrameEncoding;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Topics;

/** The document asyncapi.yaml says of both sockets what the code does. */
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Channel TOTALS = Channel.of(Channel.Kind.TOTALS);

    private final JsonNode document = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of an operation's messages, as its channel has them. */
    private Set<String> messages(String operation) {
        return document.at("/operations/" + operation + "/messages")
                .valueStream()
                .map(reference ->
                        name(document.at(reference.path("$ref").asText().substring(1))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String name(JsonNode reference) {
        return document.at(reference.path("$ref").asText().substring(1))
                .path("name")
                .asText();
    }

    private static Set<String> words(Class<?> messages, Set<Class<?>> without) {
        return Stream.of(messages.getPermittedSubclasses())
                .filter(type -> !without.contains(type))
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void closeCodesAreThoseOfTheProtocol() {
        List<List<Object>> described = document.at("/channels/webSocket/x-close-codes")
                .valueStream()
                .map(code -> List.<Object>of(
                        code.path("code").asInt(),
                        code.path("reason").asText(),
                        code.path("reconnect").asBoolean()))
                .toList();

        assertThat(described)
                .isEqualTo(Arrays.stream(CloseReason.values())
                        .map(reason -> List.<Object>of(reason.code(), reason.name(), reason.reconnect()))
                        .toList());
    }

    @Test
    void channelsAreThoseOfTheProtocol() {
        Set<String> described = document.at("/components/schemas/channel/anyOf/0/enum")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());

        assertThat(described)
                .isEqualTo(Arrays.stream(Channel.Kind.values())
                        .filter(kind -> kind != Channel.Kind.SALE)
                        .map(Channel.Kind::word)
                        .collect(Collectors.toSet()));
        String sale = Channel.ofSale(UUID.randomUUID().toString()).name();
        assertThat(sale)
                .matches(document.at("/components/schemas/channel/anyOf/1/pattern")
                        .asText());
    }

    @Test
    void clientsMessagesAreThoseThatAreRead() {
        assertThat(messages("hearClient"))
                .isEqualTo(words(ClientMessage.class, Set.of(ClientMessage.Unreadable.class)));
        assertThat(messages("hearSocketIo"))
                .isEqualTo(words(TillRequest.class, Set.of(TillRequest.Unknown.class, TillRequest.Invalid.class)));
    }

    @Test
    void everyServerMessageLooksAsDescribed() throws IOException {
        Map<Class<?>, List<ServerMessage>> samples = samples();
        assertThat(samples.keySet()).containsExactlyInAnyOrder(ServerMessage.class.getPermittedSubclasses());
        Set<String> told = new TreeSet<>();
        for (ServerMessage sample :
                samples.values().stream().flatMap(List::stream).toList()) {
            told.add(mustLookAsDescribed(JSON.readTree(sample.json())));
        }
        told.add(mustLookAsDescribed(JSON.readTree(event())));

        assertThat(told).isEqualTo(messages("tellClient"));
    }

    private static Map<Class<?>, List<ServerMessage>> samples() {
        Map<Class<?>, List<ServerMessage>> samples = new HashMap<>();
        Stream.of(
                        ServerMessage.welcome(UUID.randomUUID(), 900, 25),
                        ServerMessage.subscribed(List.of(TOTALS), true, place()),
                        new ServerMessage.Snapshot(TOTALS, "null".getBytes(StandardCharsets.UTF_8)),
                        new ServerMessage.Expiring(60),
                        new ServerMessage.Move(30),
                        ServerMessage.error("behind", "late"),
                        ServerMessage.notAllowed(TOTALS),
                        new ServerMessage.Pong(Optional.empty(), Optional.empty()),
                        new ServerMessage.Pong(Optional.of(place()), Optional.empty()),
                        new ServerMessage.Pong(Optional.of(place()), Optional.of(12L)))
                .forEach(message -> samples.computeIfAbsent(message.getClass(), type -> new ArrayList<>())
                        .add(message));
        return samples;
    }

    private static Position place() {
        return Position.of(1, Map.of(LiveTopic.TOTALS, new Position.Place(7, 1)));
    }

    private static byte[] event() throws IOException {
        CloudEvent event = new CloudEvent(
                UUID.randomUUID(), "totals.changed", "sales-service", Instant.EPOCH, "a", "10000001", null);
        ConsumerRecord<String, byte[]> read =
                new ConsumerRecord<>(Topics.TOTALS, 0, 7, "10000001", "{}".getBytes(StandardCharsets.UTF_8));
        return FrameEncoding.frame(LiveTopic.TOTALS, event, read, place()).json();
    }

    @Test
    void socketIoEventsAreThoseThatAreEmitted() throws IOException {
        Set<String> emitted = Pattern.compile("emit\\(\\s*\"(\\w+)\"")
                .matcher(Files.readString(Path.of("src/main/java/uz/ksb/pos/gateway/tillsocket/TillSink.java")))
                .results()
                .map(event -> event.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = document.at("/channels/socketIo/messages").properties().stream()
                .filter(message -> message.getKey().startsWith("told"))
                .map(message -> name(message.getValue()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(emitted);
    }

    /** @return its name */
    private String mustLookAsDescribed(JsonNode message) {
        String op = message.path("op").asText();
        JsonNode payload = document.at("/components/messages/" + op + "/payload");
        Set<String> members = new TreeSet<>();
        message.fieldNames().forEachRemaining(members::add);
        Set<String> described = new TreeSet<>();
        payload.path("properties").fieldNames().forEachRemaining(described::add);

        assertThat(payload.at("/properties/op/const").asText()).isEqualTo(op);
        assertThat(described).as(op).containsAll(members);
        assertThat(members)
                .as(op)
                .containsAll(payload.path("required")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
        return op;
    }
}
